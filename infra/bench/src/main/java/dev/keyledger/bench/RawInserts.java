package dev.keyledger.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A caller who inserts single rows, each in a transaction of its own: what durable costs at least.
 */
final class RawInserts implements Caller {
  private static final String INSERT =
      """
      INSERT INTO raw_event (event_identifier, aggregate_identifier, sequence_number, type, timestamp,
        payload_type, payload_revision, payload, meta_data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private final DataSource pool;
  private final Row row;
  private final String[] accounts;
  private long next;

  /** What is the same in each row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(
      String type,
      String timestamp,
      String payloadType,
      @Nullable String payloadRevision,
      byte[] payload,
      byte[] metaData) {
    static Row of(ResultSet event) throws SQLException {
      return new Row(
          event.getString("type"),
          event.getString("timestamp"),
          event.getString("payload_type"),
          event.getString("payload_revision"),
          event.getBytes("payload"),
          event.getBytes("meta_data"));
    }
  }

  /**
   * @param accounts as many as a caller of the commands has
   */
  RawInserts(DataSource pool, Row row, int accounts) {
    this.pool = pool;
    this.row = row;
    this.accounts = new String[accounts];
    for (int i = 0; i < accounts; i++) {
      this.accounts[i] = "acct-" + UUID.randomUUID();
    }
  }

  @Override
  public void call() throws SQLException {
    long turn = next++;
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, UUID.randomUUID().toString());
      insert.setString(2, accounts[(int) (turn % accounts.length)]);
      insert.setLong(3, turn / accounts.length);
      insert.setString(4, row.type());
      insert.setString(5, row.timestamp());
      insert.setString(6, row.payloadType());
      insert.setString(7, row.payloadRevision());
      insert.setBytes(8, row.payload());
      insert.setBytes(9, row.metaData());
      insert.executeUpdate();
    }
  }
}
