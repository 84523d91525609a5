package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.VERIFICATION_KEY;
import static dev.keyledger.query.Events.enrolmentStarted;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.testkit.TestPlatform;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What callers get, for each call and each way to ask. */
@SpringBootTest(
    classes = QueryFace.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.endpoint.health.group.readiness.include=readinessState")
class ViewControllerTest {
  private static final TestPlatform PLATFORM = TestPlatform.get();

  @LocalServerPort private int port;
  @Autowired private InMemoryViewStore store;
  @Autowired private ViewReader reader;
  @Autowired private QueryFace.StoppedAccounts stopped;

  private final String account = PLATFORM.freshName("acct");
  private WebTestClient http = WebTestClient.bindToServer().build();

  @DynamicPropertySource
  static void trustThePlatform(DynamicPropertyRegistry registry) {
    registry.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", PLATFORM::jwksUrl);
    registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> TestPlatform.ISSUER);
  }

  @BeforeEach
  void connect() {
    http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @AfterEach
  void mend() {
    store.failWith(null);
  }

  @Test
  void listsKeysOldestFirstWithEveryField() {
    given(
        twoFactorEnabled(account),
        keyCreated(account, "k1"),
        keyCreated(account, "k2", NOON.plusSeconds(1)),
        keyCreated(account, "k3", NOON),
        permissionsEdited(account, "k2", NOON.plusSeconds(5), "203.0.113.7", "2001:db8::/48"));

    get("/v1/keys")
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentType(MediaType.APPLICATION_JSON)
        .expectHeader()
        .valueEquals("Keyledger-Position", 5)
        .expectHeader()
        .valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .expectHeader()
        .valueEquals(HttpHeaders.VARY, "Authorization")
        .expectHeader()
        .doesNotExist("Keyledger-Stale")
        .expectBody()
        .json(
            """
            {"position": 5, "keys": [
              {"publicApiKey": "k1", "label": "Bot k1", "algorithm": "ed25519",
               "verificationKey": "%1$s", "permissions": ["read"],
               "ipAccess": "unrestricted", "trustedIps": [], "warnings": ["unrestricted-ip"],
               "state": "active",
               "createdAt": "2026-11-22T12:00:00.123456Z",
               "updatedAt": "2026-11-22T12:00:00.123456Z"},
              {"publicApiKey": "k2", "label": "Bot k2", "algorithm": "ed25519",
               "verificationKey": "%1$s", "permissions": ["read", "trade"],
               "ipAccess": "trusted", "trustedIps": ["203.0.113.7", "2001:db8::/48"],
               "warnings": [], "state": "active",
               "createdAt": "2026-11-22T12:00:00.123456Z",
               "updatedAt": "2026-11-22T12:00:05.123456Z",
               "expiresAt": "2026-11-22T12:00:01.123456Z"},
              {"publicApiKey": "k3", "label": "Bot k3", "algorithm": "ed25519",
               "verificationKey": "%1$s", "permissions": ["read"],
               "ipAccess": "unrestricted", "trustedIps": [], "warnings": ["unrestricted-ip"],
               "state": "expired",
               "createdAt": "2026-11-22T12:00:00.123456Z",
               "updatedAt": "2026-11-22T12:00:00.123456Z",
               "expiresAt": "2026-11-22T12:00:00.123456Z"}]}
            """
                .formatted(VERIFICATION_KEY),
            org.springframework.test.json.JsonCompareMode.STRICT);
  }

  @Test
  void anAccountThatNeverDidAnythingHasAnAnswerToo() {
    get("/v1/keys").expectStatus().isOk().expectBody().json("{\"keys\": [], \"position\": 0}");
    get("/v1/account")
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"twoFactor\": \"disabled\", \"position\": 0}");
  }

  @Test
  void tellsHowFarTheSecondFactorIs() {
    given(enrolmentStarted(account));
    get("/v1/account").expectBody().json("{\"twoFactor\": \"pending\", \"position\": 1}");

    given(twoFactorEnabled(account));
    get("/v1/account")
        .expectHeader()
        .valueEquals("Keyledger-Position", 2)
        .expectBody()
        .json("{\"twoFactor\": \"enabled\", \"position\": 2}");
  }

  @Test
  void showsOneKey() {
    given(keyCreated(account, "k1"), keyCreated(account, "k2"));

    get("/v1/keys/k2")
        .expectStatus()
        .isOk()
        .expectHeader()
        .exists(HttpHeaders.ETAG)
        .expectBody()
        .jsonPath("$.publicApiKey")
        .isEqualTo("k2");
  }

  @Test
  void aKeyThatIsGoneOrForeignOrNoneAtAllIsUnknown() {
    given(keyCreated(account, "k1"), keyDeleted(account, "k1"));
    String mallory = PLATFORM.freshName("mallory");
    giveTo(mallory, keyCreated(mallory, "k9"));

    for (String key : new String[] {"k1", "k9", "kl_pub_x", "%20", "%00", "..%2F", "a%2Fb"}) {
      ResponseSpec answer = get("/v1/keys/" + key);
      assertThat(answer.returnResult(byte[].class).getStatus().value()).as(key).isIn(400, 404);
    }
    problem(get("/v1/keys/k9"), ProblemType.UNKNOWN_KEY);
    problem(get("/v1/keys/k1"), ProblemType.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys", "/v1/keys/k1", "/v1/account"})
  void sendsNoBodyThatTheCallerHas(String path) {
    given(keyCreated(account, "k1"));
    String tag = tag(path);
    assertThat(tag).matches("\"[\\w-]+\"");

    for (String given : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      get(path, HttpHeaders.IF_NONE_MATCH, given)
          .expectStatus()
          .isNotModified()
          .expectHeader()
          .valueEquals(HttpHeaders.ETAG, tag)
          .expectHeader()
          .valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-cache")
          .expectHeader()
          .valueEquals("Keyledger-Position", 1)
          .expectBody()
          .isEmpty();
    }
    for (String other : List.of("\"x\"", "nonsense", "")) {
      get(path, HttpHeaders.IF_NONE_MATCH, other).expectStatus().isOk();
    }
    given(keyCreated(account, "k2"));
    if (!path.endsWith("k1")) {
      assertThat(tag(path)).isNotEqualTo(tag);
    }
  }

  @Test
  void waitsForTheMinimumPosition() {
    given(keyCreated(account, "k1"));
    get("/v1/keys", PositionHeaders.MIN_POSITION, "0").expectStatus().isOk();
    get("/v1/keys", PositionHeaders.MIN_POSITION, "1").expectStatus().isOk();

    Thread later =
        Thread.ofVirtual()
            .start(() -> {
              org.awaitility.Awaitility.await().until(() -> reader.waiting() > 0);
              given(keyCreated(account, "k2"));
              reader.advanced(account, 2);
            });
    get("/v1/keys", PositionHeaders.MIN_POSITION, "2")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.position")
        .isEqualTo(2);
    assertThat(later.isAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys", "/v1/keys/k1", "/v1/account"})
  void givesUpWaitingInTheEnd(String path) {
    given(keyCreated(account, "k1"));

    problem(
        get(path, PositionHeaders.MIN_POSITION, "2")
            .expectHeader()
            .valueEquals(HttpHeaders.RETRY_AFTER, "1")
            .expectHeader()
            .doesNotExist("Keyledger-Stale"),
        ProblemType.NOT_YET_VISIBLE);
    problem(
        get(path, PositionHeaders.MIN_POSITION, Long.toString(Long.MAX_VALUE)),
        ProblemType.NOT_YET_VISIBLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", "one", "1.0", "", "1,2", "9223372036854775808", "٣"})
  void refusesAMinimumThatIsNoPosition(String value) {
    problem(get("/v1/keys", PositionHeaders.MIN_POSITION, value), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void saysThatAnAnswerIsOldWhereTheProjectionStopped() {
    given(keyCreated(account, "k1"));
    stopped.add(account);

    get("/v1/keys")
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Keyledger-Stale", "projection-stopped");
    get("/v1/keys", HttpHeaders.IF_NONE_MATCH, "*")
        .expectHeader()
        .valueEquals("Keyledger-Stale", "projection-stopped");
    problem(
        get("/v1/keys", PositionHeaders.MIN_POSITION, "2")
            .expectHeader()
            .valueEquals("Keyledger-Stale", "projection-stopped"),
        ProblemType.NOT_YET_VISIBLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys", "/v1/keys/k1", "/v1/account"})
  void showsNoViewWithAGap(String path) {
    given(keyCreated(account, "k1"));
    AccountView view = view(account);
    save(view, view.knowing(3));

    problem(get(path), ProblemType.VIEW_INCOMPLETE);
    problem(get(path, PositionHeaders.MIN_POSITION, "3"), ProblemType.VIEW_INCOMPLETE);
    problem(get(path, HttpHeaders.IF_NONE_MATCH, "*"), ProblemType.VIEW_INCOMPLETE);
  }

  @Test
  void saysThatTheStoreDoesNotAnswer() {
    store.failWith(new ViewStoreException(new IllegalStateException("inside: 10.0.0.7:27017")));

    problem(
        get("/v1/keys").expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "2"),
        ProblemType.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys", "/v1/keys/k1", "/v1/account"})
  void wantsATokenWithTheScope(String path) {
    problem(http.get().uri(path).exchange(), ProblemType.UNAUTHENTICATED);
    problem(
        http.get()
            .uri(path)
            .headers(h -> h.setBearerAuth(PLATFORM.token(account, null, "keys:verify")))
            .exchange(),
        ProblemType.INSUFFICIENT_SCOPE);
  }

  @Test
  void changesNothing() {
    for (var method :
        List.of(
            org.springframework.http.HttpMethod.POST,
            org.springframework.http.HttpMethod.PUT,
            org.springframework.http.HttpMethod.DELETE)) {
      problem(
          http.method(method)
              .uri("/v1/keys")
              .headers(h -> h.setBearerAuth(PLATFORM.token(account, null)))
              .exchange(),
          ProblemType.METHOD_NOT_ALLOWED);
    }
  }

  private String tag(String path) {
    return Objects.requireNonNull(
        get(path).returnResult(byte[].class).getResponseHeaders().getETag());
  }

  private ResponseSpec get(String path, String... headers) {
    return http.get()
        .uri(java.net.URI.create("http://127.0.0.1:" + port + path))
        .headers(h -> {
          h.setBearerAuth(PLATFORM.token(account, null));
          for (int i = 0; i < headers.length; i += 2) {
            h.add(headers[i], headers[i + 1]);
          }
        })
        .exchange();
  }

  private static void problem(ResponseSpec answer, ProblemType type) {
    answer
        .expectStatus()
        .isEqualTo(type.status())
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectHeader()
        .doesNotExist(HttpHeaders.ETAG)
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo(type.code())
        .jsonPath("$.detail")
        .value(String.class, detail -> assertThat(detail).doesNotContain("inside"));
  }

  private void given(KeyRingEvent... events) {
    giveTo(account, events);
  }

  private void giveTo(String owner, KeyRingEvent... events) {
    for (KeyRingEvent event : events) {
      AccountView before = view(owner);
      save(before, AccountView.evolve(before, event, before.position() + 1));
    }
  }

  private AccountView view(String owner) {
    return Objects.requireNonNull(store.find(owner).block());
  }

  private void save(AccountView before, AccountView after) {
    assertThat(store.save(List.of(new Change(before, after))).block()).isTrue();
  }
}
