package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.permissionsEdited;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.RateLimit;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.TestKey;
import dev.keyledger.signatures.RequestSigner;
import dev.keyledger.signatures.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What a key is told that asks for itself. */
@TestPropertySource(
    properties = {
      QueryFace.MAX_WAIT + "=20s",
      "spring.main.cloud-platform=kubernetes" // where Spring by itself believes proxies' headers
    })
class OwnRightsTest extends VerificationTest {

  @Test
  void aKeyIsToldItsRights() {
    TestKey key = TestKey.ed25519();
    memory.apply(
        key.created(
            account,
            List.of("127.0.0.0/8"),
            new RateLimit(5, 10),
            Instant.parse("2030-01-01T00:00:00Z")));

    ask(sign(key, "n1"))
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Keyledger-Position", 1)
        .expectBody()
        .json(
            """
            {"accountId": "%s", "publicApiKey": "%s", "label": "Bot 1",
             "permissions": ["read", "trade"], "trustedIps": ["127.0.0.0/8"],
             "rateLimit": {"perSecond": 5, "burst": 10}, "expiresAt": "2030-01-01T00:00:00Z",
             "position": 1}
            """
                .formatted(account, key.publicApiKey()),
            JsonCompareMode.STRICT);
  }

  @Test
  void itsNonceIsUsedUp() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    ask(sign(key, "n1")).expectStatus().isOk();

    refused(sign(key, "n1"), "nonce-reused");
  }

  @Test
  void itCountsForTheRateLimit() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account, List.of(), new RateLimit(1, 1), null));

    ask(sign(key, "n1")).expectStatus().isOk();
    for (int n = 2; n < 50; n++) {
      var answer = ask(sign(key, "n" + n)).expectBody().returnResult();
      if (answer.getStatus().value() == 401) {
        assertThat(new String(Objects.requireNonNull(answer.getResponseBody()), UTF_8))
            .contains("\"reason\":\"rate-limited\"")
            .containsPattern("\"retryAfterMs\":([1-9][0-9]{0,2}|1000)\\b");
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        return;
      }
    }
    throw new AssertionError("never limited");
  }

  @Test
  void nobodyWaitsForAPosition() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));

    for (String position : List.of("2", "x")) {
      SignedRequest request =
          RequestSigner.with(sign(key, "n" + position), "keyledger-min-position", position);
      ask(request).expectStatus().isOk().expectHeader().valueEquals("Keyledger-Position", 1);
    }
  }

  @Test
  void whatIsRefusedIsToldTheReason() {
    TestKey key = TestKey.hmac();
    refused(sign(key, "n1"), "unknown-key");
    refused(unsigned(), "malformed-signature");

    memory.apply(key.created(account));
    refused(RequestSigner.with(sign(key, "n1"), "signature", "sig1=:AAAA:"), "signature-mismatch");
    memory.apply(permissionsEdited(account, key.publicApiKey(), NOON, "203.0.113.7"));
    refused(sign(key, "n1"), "ip-not-trusted");
    memory.apply(keyDisabled(account, key.publicApiKey(), NOON));
    refused(sign(key, "n1"), "key-disabled");
  }

  @Test
  void theAddressIsThatOfTheConnection() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account, List.of("203.0.113.7"), null, null));

    refused(
        RequestSigner.with(
            RequestSigner.with(sign(key, "n1"), "x-forwarded-for", "203.0.113.7"),
            "forwarded",
            "for=203.0.113.7"),
        "ip-not-trusted");
  }

  @Test
  void saysNothingOnceItIsStale() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    memory.silence(Duration.ofSeconds(3).toNanos());

    problem(ask(sign(key, "n1")), ProblemType.STALE);
  }

  private void refused(SignedRequest request, String reason) {
    ask(request)
        .expectStatus()
        .isUnauthorized()
        .expectHeader()
        .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Signature")
        .expectHeader()
        .doesNotExist(HttpHeaders.RETRY_AFTER)
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo("signature-refused")
        .jsonPath("$.reason")
        .isEqualTo(reason);
  }

  private ResponseSpec ask(SignedRequest request) {
    return http.get()
        .uri(request.targetUri())
        .headers(headers -> request.headers().forEach(headers::put))
        .exchange();
  }

  private SignedRequest sign(TestKey key, String nonce) {
    return key.signer().sign(unsigned(), NOON, nonce);
  }

  private SignedRequest unsigned() {
    return new SignedRequest(
        "GET",
        URI.create("http://127.0.0.1:" + port + "/v1/verifications/self?why=not"),
        Map.of(),
        new byte[0]);
  }
}
