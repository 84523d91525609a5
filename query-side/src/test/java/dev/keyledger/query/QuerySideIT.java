package dev.keyledger.query;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole service: events in on Kafka, answers out over HTTP. */
class QuerySideIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static final int PARTITIONS = 4;
  private static TestTopic topic;
  private static RunningQuerySide service;

  @BeforeAll
  static void start() throws Exception {
    topic = TestTopic.create(PLATFORM.bootstrapServers(), Topics.EVENTS, PARTITIONS);
    service = RunningQuerySide.start(Map.of("keyledger.view.max-wait", "20s"));
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
  }

  @Test
  void listsWhatTheEventsSay() throws Exception {
    String alice = accountIn(0);
    topic.send(1, twoFactorEnabled(alice), keyCreated(alice, "k1"));

    service
        .ask(alice, "/v1/keys", 2)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .doesNotExist("Keyledger-Stale")
        .expectBody()
        .jsonPath("$.position")
        .isEqualTo(2)
        .jsonPath("$.keys[0].publicApiKey")
        .isEqualTo("k1");
    assertThat(service.status("/actuator/health/liveness")).isEqualTo(200);
    assertThat(service.status("/actuator/health/readiness")).isEqualTo(200);
    assertThat(service.page("/actuator/prometheus"))
        .contains(
            "keyledger_projection_lag_records",
            "keyledger_projection_lag_seconds",
            "keyledger_projection_batch_seconds_count",
            "keyledger_projection_events_total{type=\"dev.keyledger.KeyCreated.v1\"}",
            "keyledger_projection_set_aside_total{reason=\"value\"}",
            "keyledger_projection_stopped_partitions")
        .doesNotContain(alice);
  }

  @Test
  void showsNoAccountThatLacksAnEvent() throws Exception {
    String alice = accountIn(1);
    topic.send(1, keyCreated(alice, "k1"));
    topic.send(TestTopic.value(topic.record(keyCreated(alice, "k2"), 2), new byte[] {'{'}));
    topic.send(3, keyCreated(alice, "k3"));

    service
        .ask(alice, "/v1/keys", 3)
        .exchange()
        .expectStatus()
        .isEqualTo(503)
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo("view-incomplete");
  }

  @Test
  void goesOnAnsweringBeforeATypeFromTheFutureAndSaysSo() throws Exception {
    String alice = accountIn(2);
    String nobody =
        IntStream.range(0, 1000)
            .mapToObj(n -> "nobody-" + n)
            .filter(id -> partition(id) == 2)
            .findFirst()
            .orElseThrow();
    topic.send(1, keyCreated(alice, "k1"));
    topic.send(
        TestTopic.header(
            topic.record(keyCreated(alice, "k2"), 2),
            CloudEvents.TYPE,
            "dev.keyledger.KeyLent.v1"));

    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() ->
            assertThat(service.page("/actuator/prometheus"))
                .contains("keyledger_projection_stopped_partitions 1.0"));
    for (String account : new String[] {alice, nobody}) {
      service
          .ask(account, "/v1/keys", account.equals(alice) ? 1 : 0)
          .exchange()
          .expectStatus()
          .isOk()
          .expectHeader()
          .valueEquals("Keyledger-Stale", "projection-stopped");
    }
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(service.status("/actuator/health/readiness")).isEqualTo(200));
    assertThat(service.page("/actuator/health/readiness"))
        .contains("\"stoppedPartitions\":{\"2\":\"dev.keyledger.KeyLent.v1\"}");
  }

  private static String accountIn(int partition) {
    return IntStream.iterate(0, n -> n + 1)
        .mapToObj(_ -> PLATFORM.freshName("acct"))
        .filter(id -> partition(id) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static int partition(String account) {
    return BuiltInPartitioner.partitionForKey(account.getBytes(UTF_8), PARTITIONS);
  }
}
