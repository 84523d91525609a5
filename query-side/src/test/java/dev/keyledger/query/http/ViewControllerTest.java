package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.VERIFICATION_KEY;
import static dev.keyledger.query.Events.enrolmentStarted;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.keyRotated;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What callers get, for each call and each way to ask. */
@TestPropertySource(properties = QueryFace.MAX_WAIT + "=20s")
class ViewControllerTest extends ViewTest {

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
            JsonCompareMode.STRICT);
  }

  @Test
  void showsWhatBecameOfKeys() {
    given(
        keyCreated(account, "k1"),
        keyRotated(account, "k1", "k2", NOON.plusSeconds(60)),
        keyDisabled(account, "k2", NOON.plusSeconds(5)),
        keyCreated(account, "k3"),
        keyRotated(account, "k3", "k4", NOON));

    get("/v1/keys")
        .expectBody()
        .json(
            """
            {"position": 5, "keys": [
              {"publicApiKey": "k1", "label": "Bot k1", "algorithm": "ed25519",
               "verificationKey": "%1$s", "permissions": ["read"],
               "ipAccess": "unrestricted", "trustedIps": [], "warnings": ["unrestricted-ip"],
               "state": "retiring", "retiresAt": "2026-11-22T12:01:00.123456Z", "rotatedTo": "k2",
               "createdAt": "2026-11-22T12:00:00.123456Z",
               "updatedAt": "2026-11-22T12:00:00.123456Z"},
              {"publicApiKey": "k2", "label": "Bot k1", "algorithm": "hmac-sha256",
               "permissions": ["read", "trade"],
               "ipAccess": "trusted", "trustedIps": ["203.0.113.7"], "warnings": [],
               "rateLimit": {"perSecond": 5, "burst": 10},
               "state": "disabled", "disabledReason": "by-owner", "rotatedFrom": "k1",
               "createdAt": "2026-11-22T12:00:00.123456Z",
               "updatedAt": "2026-11-22T12:00:05.123456Z"},
              {"publicApiKey": "k4", "label": "Bot k3", "algorithm": "hmac-sha256",
               "permissions": ["read", "trade"],
               "ipAccess": "trusted", "trustedIps": ["203.0.113.7"], "warnings": [],
               "rateLimit": {"perSecond": 5, "burst": 10},
               "state": "active", "rotatedFrom": "k3",
               "createdAt": "2026-11-22T12:00:00.123456Z",
               "updatedAt": "2026-11-22T12:00:00.123456Z"}]}
            """
                .formatted(VERIFICATION_KEY),
            JsonCompareMode.STRICT);
    problem(get("/v1/keys/k3"), ProblemType.UNKNOWN_KEY);
  }

  @Test
  void warnsOfKeysThatEveryAddressMayUse() {
    given(
        keyCreated(account, "k1"),
        permissionsEdited(account, "k1", NOON, "0.0.0.0/1", "128.0.0.0/1"));

    get("/v1/keys/k1")
        .expectBody()
        .jsonPath("$.ipAccess")
        .isEqualTo("unrestricted")
        .jsonPath("$.warnings[0]")
        .isEqualTo("unrestricted-ip");
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
  void waitsForTheMinimumPosition() throws InterruptedException {
    given(keyCreated(account, "k1"));
    get("/v1/keys", PositionHeaders.MIN_POSITION, "0").expectStatus().isOk();
    get("/v1/keys", PositionHeaders.MIN_POSITION, "1").expectStatus().isOk();

    Thread later =
        Thread.ofVirtual()
            .start(() -> {
              await().pollInterval(Duration.ofMillis(5)).until(() -> reader.waiting() > 0);
              given(keyCreated(account, "k2"));
              reader.advanced(view(account));
            });
    get("/v1/keys", PositionHeaders.MIN_POSITION, "2")
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.position")
        .isEqualTo(2);
    assertThat(later.join(Duration.ofSeconds(20))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", "one", "1.0", "", "1,2", "9223372036854775808", "٣"})
  void refusesAMinimumThatIsNoPosition(String value) {
    problem(get("/v1/keys", PositionHeaders.MIN_POSITION, value), ProblemType.MALFORMED_REQUEST);
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
    for (var method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)) {
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
}
