package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.MigratedDatabase;
import dev.keyledger.command.TestNode;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.testkit.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Events from before there was a log get their places, and are published again with them; the keys
 * that they made are told of.
 */
class LogMigrationIT {
  @Test
  void theyComeFirstInTheOrderOfTheStore() {
    Map<String, String> properties = TestNode.properties();
    DataSource database = MigratedDatabase.of(properties);
    Flyway.configure().dataSource(database).target("3").load().migrate();
    JdbcClient jdbc = JdbcClient.create(database);
    String alice = TestPlatform.get().freshName("alice");
    String bob = TestPlatform.get().freshName("bob");
    append(jdbc, alice, 0);
    append(jdbc, bob, 0);
    append(jdbc, alice, 1);
    makeKey(jdbc, bob, 1);
    jdbc.sql("INSERT INTO processor_token (processor_name, segment) VALUES ('relay', 0)").update();

    try (TestNode node = TestNode.start(properties)) {
      Holder holder = node.holder();
      holder.open("Bot1x");

      PublishedLog log = PublishedLog.of(jdbc, TestPlatform.get().bootstrapServers());
      log.check();
      assertThat(log.events())
          .containsExactly(
              alice + ":1", bob + ":1", alice + ":2", bob + ":2", holder.accountId() + ":1");
      assertThat(jdbc.sql("SELECT processor_name FROM processor_token").query(String.class).list())
          .containsExactlyInAnyOrder("log", "mail");
      PublishedKeys.check(node);
      assertThat(jdbc.sql("SELECT account_id FROM live_key").query(String.class).list())
          .containsExactly(bob);
    }
  }

  @Test
  void placesStayWhereLaterOnesAreWrittenTogether() {
    DataSource database = MigratedDatabase.of(TestNode.properties());
    Flyway.configure().dataSource(database).target("5").load().migrate();
    JdbcClient jdbc = JdbcClient.create(database);
    single(jdbc, 0, 30);
    List<String> places = new ArrayList<>(places(jdbc, "log_entry"));

    Flyway.configure().dataSource(database).load().migrate();

    LogEntries entries = new LogEntries(jdbc, new EventRecords());
    assertThat(entries.size()).isEqualTo(30);
    for (int size : new int[] {1, 3, 512, 2}) {
      List<LogRecord> batch = batch(places.size(), size);
      assertThat(entries.append(batch)).isEqualTo(places.size());
      for (LogRecord event : batch) {
        places.add(
            "%d %s %d \\x%s"
                .formatted(
                    places.size(),
                    event.accountId(),
                    event.position(),
                    HexFormat.of().formatHex(event.leaf().bytes())));
      }
      assertThat(entries.size()).isEqualTo(places.size());
    }
    assertThat(places(jdbc, "log_entries(0, 9223372036854775807)")).isEqualTo(places);
    for (int from : new int[] {0, 1, 29, 30, 31, 33, 34, 35, 300, 545, 546, 547, 548}) {
      for (int to : new int[] {0, 1, 30, 31, 32, 34, 36, 301, 546, 547, 548, 600}) {
        assertThat(places(jdbc, "log_entries(%d, %d)".formatted(from, to)))
            .isEqualTo(from < to ? places.subList(from, Math.min(to, places.size())) : List.of());
      }
    }
  }

  @Test
  void whatANodeOfTheVersionBeforeIsWritingIsWaitedForAndThenItWritesNoMore() throws Exception {
    DataSource database = MigratedDatabase.of(TestNode.properties());
    Flyway.configure().dataSource(database).target("5").load().migrate();
    JdbcClient jdbc = JdbcClient.create(database);
    CompletableFuture<?> migrated;
    try (Connection before = database.getConnection()) {
      before.setAutoCommit(false);
      single(JdbcClient.create(new SingleConnectionDataSource(before, true)), 0, 7);

      migrated =
          CompletableFuture.runAsync(
              () -> Flyway.configure().dataSource(database).load().migrate(),
              Thread::startVirtualThread);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              jdbc.sql(
                          "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'log_entry'::regclass")
                      .query(Long.class)
                      .single()
                  == 1);
      before.commit();
    }
    migrated.get(20, TimeUnit.SECONDS);

    assertThat(new LogEntries(jdbc, new EventRecords()).size()).isEqualTo(7);
    assertThat(places(jdbc, "log_entries(0, 7)")).hasSize(7);
    assertThatThrownBy(() -> single(jdbc, 7, 8)).isInstanceOf(BadSqlGrammarException.class);
  }

  /** Places as the version before wrote them. */
  private static void single(JdbcClient jdbc, int from, int to) {
    jdbc.sql(
            """
            INSERT INTO log_entry (log_index, account_id, position, leaf_hash)
            SELECT n, 'account-' || n % 7, n / 7 + 1, sha256(n::text::bytea)
            FROM generate_series(?, ?) AS n\
            """)
        .params(from, to - 1)
        .update();
  }

  private static List<LogRecord> batch(int first, int size) {
    return IntStream.range(first, first + size)
        .mapToObj(n ->
            new EventRecords()
                .of(
                    new ChallengeClosed("account-" + n % 7, Instant.EPOCH, "ch_1", "cancelled"),
                    n / 7 + 1L,
                    ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static List<String> places(JdbcClient jdbc, String entries) {
    return jdbc.sql(
            """
            SELECT concat_ws(' ', log_index, account_id, position, leaf_hash) FROM %s
            ORDER BY log_index\
            """
                .formatted(entries))
        .query(String.class)
        .list();
  }

  private static void append(JdbcClient jdbc, String account, long sequenceNumber) {
    append(
        jdbc,
        account,
        sequenceNumber,
        "dev.keyledger.ChallengeClosed.v1",
        """
        {"accountId":"%s","occurredAt":"2026-01-01T00:00:00Z","challengeId":"ch_1",\
        "reason":"cancelled"}\
        """
            .formatted(account));
  }

  private static void makeKey(JdbcClient jdbc, String account, long sequenceNumber) {
    append(
        jdbc,
        account,
        sequenceNumber,
        "dev.keyledger.KeyCreated.v1",
        """
        {"accountId":"%s","occurredAt":"2026-01-01T00:00:00Z","challengeId":"ch_1",\
        "publicApiKey":"kl_pub_%s","label":"Bot1x","algorithm":"hmac-sha256",\
        "secretRootKeyId":"test","permissions":["read"],"trustedIps":[]}\
        """
            .formatted(account, account));
  }

  private static void append(
      JdbcClient jdbc, String account, long sequenceNumber, String type, String event) {
    jdbc.sql(
            """
            INSERT INTO domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                timestamp, payload_type, payload, meta_data)
            VALUES (gen_random_uuid(), ?, ?, 'KeyRing', '2026-01-01T00:00:00Z', ?,
                convert_to(?, 'UTF8'), convert_to('{}', 'UTF8'))\
            """)
        .params(account, sequenceNumber, type, event)
        .update();
  }
}
