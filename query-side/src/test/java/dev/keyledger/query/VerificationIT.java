package dev.keyledger.query;

import static dev.keyledger.query.Events.keyDeleted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.Topics;
import dev.keyledger.local.LocalKafka;
import dev.keyledger.local.Ports;
import dev.keyledger.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verification by the whole service, from the topic to the answer. */
class VerificationIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STALE = "\"code\":\"stale\"";

  @TempDir private Path folder;

  @Test
  void knowsWhatTheTopicSaysAndSaysNothingWithoutIt() throws Exception {
    int port = Ports.free();
    String kafka = "127.0.0.1:" + port;
    TestKey one = TestKey.hmac();
    TestKey two = TestKey.ed25519();
    LocalKafka broker = LocalKafka.start(folder, port);
    try (TestTopic topic = TestTopic.create(kafka, Topics.EVENTS, 2)) {
      topic.send(1, one.created("alice"));
    }
    Map<String, String> settings =
        Map.of(
            "spring.kafka.bootstrap-servers", kafka, "keyledger.verification.usage-interval", "1s");
    try (RunningQuerySide service = RunningQuerySide.start(settings)) {
      await().atMost(SOON).until(() -> service.status("/actuator/health/readiness") == 200);
      assertThat(service.verify(one.sign(Instant.now(), "n1"), 1)).contains("\"valid\":true");
      await()
          .atMost(SOON)
          .until(() -> service.list("alice").contains("\"lastUsedIp\":\"203.0.113.7\""));

      try (TestTopic topic = TestTopic.create(kafka, Topics.EVENTS, 2)) {
        topic.send(2, two.created("alice"), keyDeleted("alice", one.publicApiKey()));
      }
      assertThat(service.verify(two.sign(Instant.now(), "n1"), 3))
          .contains("\"valid\":true", "\"position\":3");
      assertThat(service.verify(one.sign(Instant.now(), "n2"), 3)).contains("unknown-key");
      assertThat(service.page("/actuator/prometheus"))
          .contains(
              "keyledger_verifications_total{outcome=\"valid\"} 2.0",
              "keyledger_verifications_total{outcome=\"unknown-key\"}",
              "keyledger_verification_keys 1.0",
              "keyledger_verification_staleness_seconds 0.",
              "keyledger_verification_nonces",
              "keyledger_verification_ed25519{provider=\"")
          .doesNotContain("alice", two.publicApiKey());

      broker.close();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> service.verify(two.sign(Instant.now(), "n2"), 0).contains(STALE));
      assertThat(service.status("/actuator/health/readiness")).isEqualTo(200);
      assertThat(service.page("/actuator/health/readiness")).contains("\"stale\":true");

      try (LocalKafka _ = LocalKafka.start(folder, port);
          TestTopic topic = TestTopic.create(kafka, Topics.EVENTS, 2)) {
        topic.send(4, keyDeleted("alice", two.publicApiKey()));
        await()
            .atMost(SOON)
            .untilAsserted(() -> {
              String answer = service.verify(two.sign(Instant.now(), "n3"), 0);
              assertThat(answer).doesNotContain("\"valid\":true");
              assertThat(answer).contains("unknown-key");
            });
      }
    }
  }

  @Test
  void aNodeStartsWhereTheViewStandsAndStillRefusesWhatWasDeleted() throws Exception {
    TestKey one = TestKey.hmac();
    TestKey two = TestKey.hmac();
    String account = TestPlatform.get().freshName("acct");
    try (LocalKafka kafka = LocalKafka.start(folder, 0);
        TestTopic topic = TestTopic.create(kafka.bootstrapServers(), Topics.EVENTS, 4)) {
      Map<String, String> settings =
          Map.of(
              "spring.kafka.bootstrap-servers",
              kafka.bootstrapServers(),
              "spring.mongodb.uri",
              TestPlatform.get().freshMongoDatabase());
      topic.send(1, one.created(account), two.created(account));
      try (RunningQuerySide service = RunningQuerySide.start(settings)) {
        await().atMost(SOON).until(() -> service.list(account).contains(two.publicApiKey()));
      }
      topic.send(3, keyDeleted(account, one.publicApiKey()));
      try (RunningQuerySide service = RunningQuerySide.start(settings)) {
        await().atMost(SOON).until(() -> service.status("/actuator/health/readiness") == 200);
        assertThat(service.verify(one.sign(Instant.now(), "n1"), 0)).contains("unknown-key");
        assertThat(service.verify(two.sign(Instant.now(), "n1"), 0))
            .contains("\"valid\":true", "\"position\":3");
      }
    }
  }
}
