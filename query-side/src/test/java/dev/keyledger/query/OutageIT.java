package dev.keyledger.query;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.Topics;
import dev.keyledger.local.LocalKafka;
import dev.keyledger.local.LocalMongo;
import dev.keyledger.local.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service does while Kafka or MongoDB is away. */
class OutageIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String READINESS = "/actuator/health/readiness";
  private static final String LIVENESS = "/actuator/health/liveness";

  @TempDir private Path folder;

  @Test
  void waitsForBothAtTheStartAndLivesThroughTheLossOfEach() throws Exception {
    int kafkaPort = Ports.free();
    int mongoPort = Ports.free();
    Map<String, String> settings =
        Map.of(
            "spring.kafka.bootstrap-servers",
            "127.0.0.1:" + kafkaPort,
            "spring.mongodb.uri",
            "mongodb://127.0.0.1:" + mongoPort + "/keyledger");
    try (RunningQuerySide service = RunningQuerySide.start(settings)) {
      assertThat(service.status(LIVENESS)).isEqualTo(200);
      assertThat(service.status(READINESS)).isEqualTo(503);

      LocalKafka kafka = LocalKafka.start(folder, kafkaPort);
      try (TestTopic topic = TestTopic.create("127.0.0.1:" + kafkaPort, Topics.EVENTS, 2)) {
        topic.send(1, keyCreated("alice", "k1"));
      }
      assertThat(service.status(READINESS)).isEqualTo(503);
      LocalMongo mongo = LocalMongo.standIn(mongoPort);
      awaitStatus(service, READINESS, 200);
      sees(service, 1);

      kafka.close();
      sees(service, 1);
      assertThat(service.status(READINESS)).isEqualTo(200);

      mongo.close();
      awaitStatus(service, READINESS, 503);
      assertThat(service.status(LIVENESS)).isEqualTo(200);
      service
          .ask("alice", "/v1/keys", 0)
          .exchange()
          .expectStatus()
          .isEqualTo(503)
          .expectBody()
          .jsonPath("$.code")
          .isEqualTo("unavailable");

      // The stand-in forgets everything, so the view is built anew.
      try (LocalMongo _ = LocalMongo.standIn(mongoPort);
          LocalKafka _ = LocalKafka.start(folder, kafkaPort);
          TestTopic topic = TestTopic.create("127.0.0.1:" + kafkaPort, Topics.EVENTS, 2)) {
        topic.send(2, keyCreated("alice", "k2"));
        awaitStatus(service, READINESS, 200);
        await().atMost(SOON).untilAsserted(() -> sees(service, 2));
      }
    }
  }

  private static void awaitStatus(RunningQuerySide service, String path, int status) {
    await().atMost(SOON).until(() -> service.status(path) == status);
  }

  private static void sees(RunningQuerySide service, int keys) {
    service
        .ask("alice", "/v1/keys", keys)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.keys.length()")
        .isEqualTo(keys);
  }
}
