package dev.keyledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.EventTypes;
import dev.keyledger.http.problem.ProblemType;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class DocumentsTest extends HttpTest {

  @Test
  void servesTheOpenApiDocument() {
    stranger
        .get()
        .uri("/openapi.json")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentType(MediaType.APPLICATION_JSON)
        .expectBody()
        .jsonPath("$.openapi")
        .isEqualTo("3.1.0");
  }

  static Set<String> eventTypes() {
    return EventTypes.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("eventTypes")
  void servesTheSchemaOfEachEvent(String type) {
    stranger
        .get()
        .uri("/schemas/" + type + ".json")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentType("application/schema+json")
        .expectBody()
        .jsonPath("$.$id")
        .isEqualTo(EventTypes.SCHEMA_BASE + type + ".json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/schemas/openapi.json",
        "/schemas/..%2Fopenapi.json",
        "/schemas/%2e%2e/keyledger-http.yaml",
        "/schemas/dev.keyledger.NoSuchEvent.v1.json",
        "/problems/no-such-problem",
        "/problems/",
        "/keyledger-http.yaml",
        "/favicon.ico",
        "/actuator",
        "/actuator/env",
        "/"
      })
  void servesNothingElse(String path) {
    stranger
        .get()
        .uri(URI.create("http://localhost:" + port() + path))
        .exchange()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectStatus()
        .value(status -> assertThat(status).isIn(400, 404));
  }

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void explainsEveryProblemOnAPage(ProblemType type) {
    stranger
        .get()
        .uri("/problems/" + type.code())
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentType("text/html;charset=UTF-8")
        .expectBody(String.class)
        .value(page -> assertThat(page).contains(type.title(), type.code()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "health/liveness", "health/readiness", "prometheus"})
  void opensTheProbesAndMetrics(String endpoint) {
    stranger.get().uri("/actuator/" + endpoint).exchange().expectStatus().isOk();
  }

  @Test
  void measuresCallsWithoutSayingWhose() {
    withToken(ISSUER.token("acct-in-metrics")).get().uri("/v1/things").exchange();
    stranger
        .get()
        .uri("/actuator/prometheus")
        .exchange()
        .expectBody(String.class)
        .value(metrics ->
            assertThat(metrics)
                .contains("http_server_requests_seconds_count", "uri=\"/v1/things\"")
                .doesNotContain("acct-in-metrics"));
  }
}
