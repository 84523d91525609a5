package dev.keyledger.command.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Any number of rows for one statement, which the database has to prepare only once. */
record EventRows(List<EventRow> rows) {
  /**
   * Appends all rows but those of accounts that are late, which are its result: another node took
   * one of their positions before. One that takes it at the same moment breaks the statement.
   *
   * <p>Rows that are not tried don't use up a number of the global order, where followers would
   * have to remember it as a gap. The plan is made once for a connection, as that takes longer than
   * the lookups; the table may be all but empty then, so it must not be a plan that reads it all.
   */
  static final String APPEND =
      """
      SET LOCAL plan_cache_mode = force_generic_plan;
      SET LOCAL enable_seqscan = off;
      WITH event AS (
        SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::bytea[], ?::bytea[])
        WITH ORDINALITY AS rows (event_identifier, aggregate_identifier, sequence_number, type,
          timestamp, payload_type, payload_revision, payload, meta_data, place)
      ), late AS MATERIALIZED (
        SELECT DISTINCT aggregate_identifier FROM event
        WHERE (SELECT true FROM domain_event AS taken
          WHERE taken.aggregate_identifier = event.aggregate_identifier
          AND taken.sequence_number = event.sequence_number)
      ), appended AS (
        INSERT INTO domain_event (event_identifier, aggregate_identifier, sequence_number, type,
          timestamp, payload_type, payload_revision, payload, meta_data)
        SELECT event_identifier, aggregate_identifier, sequence_number, type,
          timestamp, payload_type, payload_revision, payload, meta_data
        FROM event
        WHERE aggregate_identifier NOT IN (SELECT aggregate_identifier FROM late)
        ORDER BY place
      )
      SELECT aggregate_identifier FROM late\
      """;

  /**
   * The same, on one way to the database, but the transaction waits at most half a second for each
   * lock. Who appends waits for another transaction that took the position and has not ended.
   */
  static final String APPEND_WITHOUT_WAITING = "SET LOCAL lock_timeout = 500;\n" + APPEND;

  /**
   * Executes one of the statements.
   *
   * @return accounts of rows that were not appended
   */
  Set<String> append(PreparedStatement append) throws SQLException {
    bind(append, 1, "text", EventRow::identifier, String[]::new);
    bind(append, 2, "text", EventRow::accountId, String[]::new);
    bind(append, 3, "bigint", EventRow::sequenceNumber, Long[]::new);
    bind(append, 4, "text", EventRow::type, String[]::new);
    bind(append, 5, "text", EventRow::timestamp, String[]::new);
    bind(append, 6, "text", EventRow::payloadType, String[]::new);
    bind(append, 7, "text", EventRow::payloadRevision, String[]::new);
    bind(append, 8, "bytea", EventRow::payload, byte[][]::new);
    bind(append, 9, "bytea", EventRow::metaData, byte[][]::new);
    boolean selected = append.execute();
    while (!selected) {
      // The settings before it have a result each, too.
      selected = append.getMoreResults();
    }
    Set<String> late = new HashSet<>();
    try (ResultSet accounts = append.getResultSet()) {
      while (accounts.next()) {
        late.add(accounts.getString(1));
      }
    }
    return late;
  }

  private <T> void bind(
      PreparedStatement statement,
      int parameter,
      String type,
      Function<EventRow, @Nullable T> column,
      IntFunction<@Nullable T[]> array)
      throws SQLException {
    Object[] values = rows.stream().map(column).toArray(array);
    statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
  }
}
