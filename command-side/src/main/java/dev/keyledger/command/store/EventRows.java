package dev.keyledger.command.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Any number of rows for one statement, which the database has to prepare only once. */
record EventRows(List<EventRow> rows) {
  static final String INSERT =
      """
      INSERT INTO domain_event (event_identifier, aggregate_identifier, sequence_number, type,
        timestamp, payload_type, payload_revision, payload, meta_data)
      SELECT event_identifier, aggregate_identifier, sequence_number, type,
        timestamp, payload_type, payload_revision, payload, meta_data
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::bytea[], ?::bytea[])
      WITH ORDINALITY AS rows (event_identifier, aggregate_identifier, sequence_number, type,
        timestamp, payload_type, payload_revision, payload, meta_data, place)
      ORDER BY place\
      """;

  void bind(PreparedStatement insert) throws SQLException {
    bind(insert, 1, "text", EventRow::identifier, String[]::new);
    bind(insert, 2, "text", EventRow::accountId, String[]::new);
    bind(insert, 3, "bigint", EventRow::sequenceNumber, Long[]::new);
    bind(insert, 4, "text", EventRow::type, String[]::new);
    bind(insert, 5, "text", EventRow::timestamp, String[]::new);
    bind(insert, 6, "text", EventRow::payloadType, String[]::new);
    bind(insert, 7, "text", EventRow::payloadRevision, String[]::new);
    bind(insert, 8, "bytea", EventRow::payload, byte[][]::new);
    bind(insert, 9, "bytea", EventRow::metaData, byte[][]::new);
  }

  private <T> void bind(
      PreparedStatement insert,
      int parameter,
      String type,
      Function<EventRow, @Nullable T> column,
      IntFunction<@Nullable T[]> array)
      throws SQLException {
    Object[] values = rows.stream().map(column).toArray(array);
    insert.setArray(parameter, insert.getConnection().createArrayOf(type, values));
  }
}
