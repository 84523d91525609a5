package dev.keyledger.query.http.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.audit.InMemoryLogStore;
import dev.keyledger.query.audit.RecordedTraces;
import dev.keyledger.query.audit.TestLog;
import dev.keyledger.query.http.QueryFace;
import dev.keyledger.testkit.TestPlatform;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A test that asks about a log of its own. */
@SpringBootTest(
    classes = QueryFace.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.group.readiness.include=readinessState",
      QueryFace.MAX_WAIT + "=500ms",
      "keyledger.root-keys.current=" + TestKey.ROOT_KEY_ID,
      "keyledger.root-keys.keys." + TestKey.ROOT_KEY_ID + "=" + TestPlatform.ROOT_KEY
    })
abstract class AuditTest {
  static final TestPlatform PLATFORM = TestPlatform.get();
  static final String AUDIT = "audit:read";

  final String auditor = PLATFORM.freshName("auditor");
  final String account = PLATFORM.freshName("acct");
  final TestLog log = new TestLog();
  @Autowired InMemoryLogStore store;
  @Autowired RecordedTraces traces;
  @LocalServerPort int port;
  WebTestClient http = WebTestClient.bindToServer().build();

  @DynamicPropertySource
  static void trustThePlatform(DynamicPropertyRegistry registry) {
    registry.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", PLATFORM::jwksUrl);
    registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> TestPlatform.ISSUER);
  }

  @BeforeEach
  void begin() {
    http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    store.down(false);
    traces.down(false);
    store.clear();
  }

  /** Asks without a token. */
  ResponseSpec open(String path) {
    return http.get().uri(URI.create("http://127.0.0.1:" + port + path)).exchange();
  }

  /** Asks as an auditor. */
  ResponseSpec audit(String path) {
    return ask(auditor, path, null, AUDIT);
  }

  ResponseSpec ask(String caller, String path, @Nullable MediaType accept, String... scopes) {
    return http.get()
        .uri(URI.create("http://127.0.0.1:" + port + path))
        .headers(h -> {
          h.setBearerAuth(PLATFORM.token(caller, null, scopes));
          if (accept != null) {
            h.add("Accept", accept.toString());
          }
        })
        .exchange();
  }

  static byte[] bytes(ResponseSpec answer) {
    return Objects.requireNonNull(
        answer.expectStatus().isOk().expectBody().returnResult().getResponseBody());
  }

  static void problem(ResponseSpec answer, ProblemType type) {
    answer
        .expectStatus()
        .isEqualTo(type.status())
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo(type.code())
        .jsonPath("$.detail")
        .value(String.class, detail -> assertThat(detail).doesNotContain("inside"));
  }
}
