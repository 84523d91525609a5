package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.HttpTest;
import dev.keyledger.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "keyledger.http.cors.allowed-origins=https://app.example.com")
class CorsTest extends HttpTest {

  @Test
  void letsTheConfiguredOriginCall() {
    alice
        .get()
        .uri("/v1/things")
        .header(HttpHeaders.ORIGIN, "https://app.example.com")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example.com")
        .expectHeader()
        .value(
            HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS,
            exposed -> assertThat(exposed).contains("Keyledger-Position", "ETag", "Retry-After"));
  }

  @Test
  void answersItsPreflightWithoutAToken() {
    stranger
        .options()
        .uri("/v1/things")
        .header(HttpHeaders.ORIGIN, "https://app.example.com")
        .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "DELETE")
        .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "authorization")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .value(
            HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
            methods -> assertThat(methods).contains("DELETE"))
        .expectHeader()
        .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS);
  }

  @Test
  void refusesOthers() {
    expectProblem(
        alice
            .get()
            .uri("/v1/things")
            .header(HttpHeaders.ORIGIN, "https://evil.example.com")
            .exchange(),
        ProblemType.ORIGIN_NOT_ALLOWED);
  }
}
