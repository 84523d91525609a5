package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.MigratedDatabase;
import dev.keyledger.command.TestNode;
import dev.keyledger.testkit.TestPlatform;
import dev.keyledger.tlog.Hash;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every event has one place in the log, whatever happens, and nothing else is published there. */
@ExtendWith(OutputCaptureExtension.class)
class LogIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KAFKA = TestPlatform.get().bootstrapServers();

  private final Map<String, String> properties = TestNode.properties();
  private TestNode node = TestNode.start(properties);

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void everyEventHasOnePlaceAndTheLeavesAreWhatIsPublished() throws Exception {
    makeKeys(4);

    PublishedLog log = PublishedLog.of(node.jdbc(), KAFKA);

    log.check();
    assertThat(log.events())
        .hasSize(4 * 9)
        .containsExactlyInAnyOrderElementsOf(
            node.jdbc()
                .sql(
                    """
                    SELECT aggregate_identifier || ':' || (sequence_number + 1) FROM domain_event\
                    """)
                .query(String.class)
                .list());
    assertThat(log.leaves().stream().map(Hash::toString))
        .containsExactlyElementsOf(
            node.jdbc()
                .sql(
                    """
                    SELECT encode(leaf_hash, 'base64') FROM log_entries(0, 9223372036854775807)
                    ORDER BY log_index\
                    """)
                .query(String.class)
                .list());
  }

  @Test
  void allIsPublishedAgainJustTheSameWhereKafkaLostIt() throws Exception {
    makeKeys(2);
    PublishedLog once = PublishedLog.of(node.jdbc(), KAFKA);
    restartAfter("UPDATE log_publication SET published = 0");

    await().atMost(SOON).until(() -> PublishedLog.of(node.jdbc(), KAFKA).size() == 2 * once.size());
    PublishedLog twice = PublishedLog.of(node.jdbc(), KAFKA);
    twice.check();
    assertThat(twice.contents()).isEqualTo(once.contents());
  }

  @Test
  void nothingIsPublishedFromAnEventThatWasChangedOn(CapturedOutput output) throws Exception {
    makeKeys(1);
    int published = PublishedLog.of(node.jdbc(), KAFKA).size();
    restartAfter(
        """
        UPDATE log_publication SET published = 4;
        UPDATE domain_event SET payload = payload || ' '::bytea WHERE sequence_number = 6\
        """);

    await().atMost(SOON).until(() -> gauge("keyledger.log.fault") == 1);
    node.holder().open("Bot1x");
    await().atMost(SOON).until(() -> gauge("keyledger.log.size") == 10);
    assertThat(gauge("keyledger.log.published")).isEqualTo(4);
    assertThat(output).contains("the event at 6 is not what it was");

    node.jdbc()
        .sql(
            "UPDATE domain_event SET payload = substr(payload, 1, length(payload) - 1)"
                + " WHERE sequence_number = 6")
        .update();
    await().atMost(SOON).until(() -> gauge("keyledger.relay.lag.events") == 0);
    assertThat(gauge("keyledger.log.fault")).isZero();
    PublishedLog log = PublishedLog.of(node.jdbc(), KAFKA);
    log.check();
    // Repeated were those that had not been noted, and none of them before the change was undone.
    assertThat(log.size()).isEqualTo(published + 5 + 1);
  }

  @Test
  void anEventThatIsGoneStopsPublishingToo() throws Exception {
    makeKeys(1);
    assertThat(PublishedLog.of(node.jdbc(), KAFKA).size()).isEqualTo(9);

    restartAfter(
        """
        UPDATE log_publication SET published = 4;
        DELETE FROM domain_event WHERE sequence_number = 6\
        """);

    await().atMost(SOON).until(() -> gauge("keyledger.log.fault") == 1);
    assertThat(gauge("keyledger.log.published")).isEqualTo(4);
  }

  @Test
  void theOtherNodeGoesOnWhereOneEnded() throws Exception {
    makeKeys(2);
    try (TestNode other = node.sibling("command-2")) {
      makeKeys(2);
      node.close();
      Holder holder = other.holder();
      holder.make("Bot1x");

      PublishedLog log = PublishedLog.of(other.jdbc(), KAFKA);
      log.check();
      assertThat(log.events()).hasSize(4 * 9 + 3).contains(holder.accountId() + ":3");
    }
  }

  private void makeKeys(int accounts) {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < accounts; i++) {
        Holder holder = node.holder();
        threads.execute(() -> {
          for (int key = 1; key <= 3; key++) {
            holder.make("Bot" + key + "x");
          }
        });
      }
    }
  }

  /** Starts the node anew; in between something happens to the database. */
  private void restartAfter(String sql) {
    await().atMost(SOON).until(() -> gauge("keyledger.relay.lag.events") == 0);
    node.close();
    JdbcClient.create(MigratedDatabase.of(properties)).sql(sql).update();
    node = TestNode.start(properties);
  }

  private double gauge(String name) {
    return node.get(MeterRegistry.class).get(name).gauge().value();
  }
}
