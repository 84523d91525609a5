package dev.keyledger.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.local.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL under the services: the raw inserts that commands are compared with, and its mails.
 */
final class Ledger implements AutoCloseable {
  private static final Pattern POOL_SIZE =
      Pattern.compile("(?m)^hikaricp_connections_max\\{.*} ([0-9.]+)$");

  private static final int ROWS_AT_ONCE = 1_000;

  private final HikariDataSource pool;
  private final JsonMapper json = JsonMapper.builder().build();

  /** Connects in the way of the command side, with as many connections as it has. */
  Ledger(Platform platform) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(platform.jdbcUrl());
    config.setUsername(LocalPostgres.USER);
    config.setPassword(LocalPostgres.PASSWORD);
    config.setMaximumPoolSize(poolSize(platform));
    config.setConnectionTimeout(5_000);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("socketTimeout", "30");
    pool = new HikariDataSource(config);
  }

  int connections() {
    return pool.getMaximumPoolSize();
  }

  /**
   * Makes a second table, with the columns and indexes of the event store's, and returns what its
   * rows are to hold: the last event's.
   */
  RawInserts.Row prepareInserts() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS raw_event (LIKE domain_event INCLUDING ALL)");
      try (ResultSet last =
          statement.executeQuery("SELECT * FROM domain_event ORDER BY global_index DESC LIMIT 1")) {
        if (!last.next()) {
          throw new SQLException("There is no event to take as a pattern");
        }
        return RawInserts.Row.of(last);
      }
    }
  }

  RawInserts inserts(RawInserts.Row row, int accounts) {
    return new RawInserts(pool, row, accounts);
  }

  /**
   * Appends events to new accounts, all in one transaction and like the last one that there is;
   * nobody but the followers gets to know.
   */
  void appendEvents(List<Account> accounts, int each) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                    timestamp, payload_type, payload_revision, payload, meta_data)
                SELECT gen_random_uuid()::text, account, n, type, timestamp, payload_type, payload_revision,
                    convert_to(replace(convert_from(payload, 'UTF8'), aggregate_identifier, account), 'UTF8'),
                    meta_data
                FROM (SELECT * FROM domain_event ORDER BY global_index DESC LIMIT 1) AS last,
                    unnest(?::text[]) AS account, generate_series(0, ?) AS n
                ORDER BY n\
                """)) {
      insert.setArray(
          1, connection.createArrayOf("text", accounts.stream().map(Account::id).toArray()));
      insert.setInt(2, each - 1);
      insert.executeUpdate();
    }
  }

  /**
   * Appends what accounts did, in this order and in one transaction; nobody but the followers gets
   * to know.
   */
  void append(Stream<SampleEvent> events) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                    timestamp, payload_type, payload, meta_data)
                VALUES (?, ?, ?, 'KeyRing', ?, ?, ?, convert_to('{}', 'UTF8'))\
                """)) {
      connection.setAutoCommit(false);
      int waiting = 0;
      for (SampleEvent event : (Iterable<SampleEvent>) events::iterator) {
        insert.setString(1, UUID.randomUUID().toString());
        insert.setString(2, event.event().accountId());
        insert.setLong(3, event.position() - 1);
        insert.setString(4, event.event().occurredAt().toString());
        insert.setString(5, EventTypes.nameOf(event.event().getClass()));
        insert.setBytes(6, json.writeValueAsBytes(event.event()));
        insert.addBatch();
        if (++waiting % ROWS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  /** An event and its position in its account. */
  record SampleEvent(KeyRingEvent event, long position) {}

  /** Mails that are still to be sent. */
  long pendingMails() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT count(*) FROM mail WHERE state = 'pending'");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static int poolSize(Platform platform) throws Exception {
    try (var connection = new dev.keyledger.bench.Connection(platform.commandPort())) {
      Answer metrics = connection.exchange(Request.get("/actuator/prometheus", "")).expect(200);
      Matcher size = POOL_SIZE.matcher(new String(metrics.body(), StandardCharsets.UTF_8));
      if (!size.find()) {
        throw new IllegalStateException("The command side doesn't say how large its pool is");
      }
      return (int) Double.parseDouble(size.group(1));
    }
  }
}
