package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.Holder;
import dev.keyledger.command.MigratedDatabase;
import dev.keyledger.command.TestNode;
import dev.keyledger.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

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
  void placesStayWhereTheyAreWrittenTogether() {
    DataSource database = MigratedDatabase.of(TestNode.properties());
    Flyway.configure().dataSource(database).target("5").load().migrate();
    JdbcClient jdbc = JdbcClient.create(database);
    jdbc.sql(
            """
            INSERT INTO log_entry (log_index, account_id, position, leaf_hash)
            SELECT n, 'account-' || n % 7, n / 7 + 1, sha256(n::text::bytea)
            FROM generate_series(0, 149) AS n\
            """)
        .update();
    List<String> before = places(jdbc, "log_entry");

    Flyway.configure().dataSource(database).load().migrate();

    assertThat(places(jdbc, "log_entries(0, 150)")).hasSize(150).isEqualTo(before);
    for (int from = 0; from < 150; from += 11) {
      for (int to = from; to <= 150; to += 13) {
        assertThat(places(jdbc, "log_entries(%d, %d)".formatted(from, to)))
            .isEqualTo(before.subList(from, to));
      }
    }
    assertThat(new LogEntries(jdbc, new EventRecords()).size()).isEqualTo(150);
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
