package dev.keyledger.http;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.support.TestIssuer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A test that calls the tiny service over a real connection. */
@SpringBootTest(
    classes = TestService.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.import=classpath:keyledger-http.yaml",
      "springdoc.api-docs.enabled=false"
    })
public abstract class HttpTest {
  protected static final TestIssuer ISSUER = new TestIssuer();

  @LocalServerPort private int port;

  /** Calls as a stranger. */
  protected WebTestClient stranger = WebTestClient.bindToServer().build();

  /** Calls as the account {@code alice}. */
  protected WebTestClient alice = stranger;

  @DynamicPropertySource
  static void trustIssuer(DynamicPropertyRegistry registry) {
    ISSUER.register(registry);
  }

  @BeforeEach
  void connect() {
    stranger =
        WebTestClient.bindToServer()
            .baseUrl("http://localhost:" + port)
            .responseTimeout(Duration.ofSeconds(30))
            .build();
    alice = withToken(ISSUER.token("alice"));
  }

  protected int port() {
    return port;
  }

  protected WebTestClient withToken(String token) {
    return stranger.mutate().defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token).build();
  }

  protected static BodyContentSpec expectProblem(ResponseSpec answer, ProblemType type) {
    return answer
        .expectStatus()
        .isEqualTo(type.status())
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("/problems/" + type.code())
        .jsonPath("$.title")
        .isEqualTo(type.title())
        .jsonPath("$.status")
        .isEqualTo(type.status().value())
        .jsonPath("$.detail")
        .isNotEmpty()
        .jsonPath("$.code")
        .isEqualTo(type.code());
  }
}
