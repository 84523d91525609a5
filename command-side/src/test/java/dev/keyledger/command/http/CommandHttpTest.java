package dev.keyledger.command.http;

import dev.keyledger.command.keyring.Tools;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.local.LocalHttp;
import dev.keyledger.local.LocalIssuer;
import dev.keyledger.local.LocalMail;
import dev.keyledger.local.TokenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A test that calls the HTTP face of the command side. */
@SpringBootTest(
    classes = TestNode.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "springdoc.api-docs.enabled=false",
      "keyledger.root-keys.current=test",
      "keyledger.root-keys.keys.test=dGVzdC1vbmx5LXJvb3Qta2V5LXRlc3Qtb25seS1rZXk=",
      "keyledger.log.origin=keyledger.test/log",
      "keyledger.log.key=dGVzdC1vbmx5LWxvZy1rZXktdGVzdC1vbmx5LWxvZy0=",
      // There is no database to be ready.
      "management.endpoint.health.validate-group-membership=false"
    })
abstract class CommandHttpTest {
  private static final LocalIssuer ISSUER =
      LocalIssuer.withNewKey("https://identity.exchange.example", InstantSource.system());
  private static final LocalHttp KEYS = serveKeys();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();

  @LocalServerPort private int port;
  @Autowired private Tools tools;
  @Autowired protected ManualClock clock = new ManualClock();

  /** A caller that nobody has seen before. */
  @SuppressWarnings("NullAway.Init")
  protected TestCaller alice;

  @DynamicPropertySource
  static void trustIssuer(DynamicPropertyRegistry registry) {
    String prefix = "spring.security.oauth2.resourceserver.jwt.";
    registry.add(prefix + "issuer-uri", ISSUER::url);
    registry.add(prefix + "jwk-set-uri", KEYS::jwksUrl);
  }

  private static LocalHttp serveKeys() {
    try {
      return LocalHttp.start(0, ISSUER, LocalMail.start(0).box());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void arrive() {
    alice = newCaller();
  }

  protected TestCaller newCaller() {
    return caller("acct-" + ACCOUNTS.incrementAndGet());
  }

  protected TestCaller caller(String id) {
    return caller(id, id + "@example.com");
  }

  protected TestCaller caller(String id, String email) {
    return new TestCaller(client(id, email, null), tools, clock);
  }

  /** The same account, with a token that names no address. */
  protected TestCaller withoutEmail(String accountId) {
    return new TestCaller(client(accountId, null, null), tools, clock);
  }

  protected WebTestClient client(String accountId, @Nullable String email, @Nullable String scope) {
    return client(ISSUER.token(new TokenRequest(accountId, email, scope)));
  }

  private WebTestClient client(String token) {
    return stranger().mutate().defaultHeaders(headers -> headers.setBearerAuth(token)).build();
  }

  /** A token of an account that nobody has seen before. */
  protected static String newToken() {
    String id = "acct-" + ACCOUNTS.incrementAndGet();
    return ISSUER.token(new TokenRequest(id, id + "@example.com", null));
  }

  /** Who calls with this token. */
  protected TestCaller callerWith(String token) {
    return new TestCaller(client(token), tools, clock);
  }

  protected int port() {
    return port;
  }

  protected WebTestClient stranger() {
    return WebTestClient.bindToServer()
        .baseUrl("http://localhost:" + port)
        .responseTimeout(PATIENCE)
        .build();
  }

  /** Expects a problem that carries the position. */
  protected static BodyContentSpec expectProblem(
      ResponseSpec answer, ProblemType type, long position) {
    answer.expectHeader().valueEquals(PositionHeaders.POSITION, position);
    return answer
        .expectStatus()
        .isEqualTo(type.status())
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo(type.code())
        .jsonPath("$.type")
        .isEqualTo("/problems/" + type.code());
  }

  protected static void expectPosition(ResponseSpec answer, long position) {
    answer.expectHeader().valueEquals(PositionHeaders.POSITION, position);
  }
}
