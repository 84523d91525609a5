package dev.keyledger.query;

import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.twoFactorEnabled;

import dev.keyledger.events.Topics;
import dev.keyledger.testkit.TestPlatform;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole service: events in on Kafka, answers out over HTTP. */
class QuerySideIT {
  private static final TestPlatform PLATFORM = TestPlatform.get();
  private static TestTopic topic;
  private static ConfigurableApplicationContext service;
  private static WebTestClient client;

  @BeforeAll
  static void start() throws Exception {
    topic = TestTopic.create(PLATFORM.bootstrapServers(), Topics.EVENTS, 4);
    Map<String, Object> properties = new HashMap<>(PLATFORM.querySideProperties());
    service =
        new SpringApplicationBuilder(QuerySideApplication.class)
            .properties(properties)
            .run(
                properties.entrySet().stream()
                    .map(e -> "--" + e.getKey() + "=" + e.getValue())
                    .toArray(String[]::new));
    client =
        WebTestClient.bindToServer()
            .baseUrl(
                "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"))
            .build();
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
  }

  @Test
  void listsWhatTheEventsSay() throws Exception {
    topic.send(1, twoFactorEnabled("alice"), keyCreated("alice", "k1"));

    client
        .get()
        .uri("/v1/keys")
        .headers(h -> h.setBearerAuth(PLATFORM.token("alice", null)))
        .header("Keyledger-Min-Position", "2")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.position")
        .isEqualTo(2)
        .jsonPath("$.keys[0].publicApiKey")
        .isEqualTo("k1");
  }
}
