package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.allKeysDeleted;
import static dev.keyledger.query.Events.expiryChanged;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.keyEnabled;
import static dev.keyledger.query.Events.keyRotated;
import static dev.keyledger.query.Events.permissionsEdited;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.events.RateLimit;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.stream.Decoded;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.signatures.RequestSigner;
import dev.keyledger.signatures.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.json.JsonCompareMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What gateways are told, for each reason and each way to ask. */
@TestPropertySource(properties = QueryFace.MAX_WAIT + "=20s")
class VerificationControllerTest extends VerificationTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] BODY = "{\"amount\": 1}".getBytes(UTF_8);

  static Stream<TestKey> keys() {
    return Stream.of(TestKey.hmac(), TestKey.ed25519());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aRightSignatureIsValid(TestKey key) {
    memory.apply(key.created(account));

    verify(signed(key, "n1"))
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Keyledger-Position", 1)
        .expectBody()
        .json(
            """
            {"valid": true, "accountId": "%s", "publicApiKey": "%s", "label": "Bot 1",
             "permissions": ["read", "trade"], "position": 1}
            """
                .formatted(account, key.publicApiKey()),
            JsonCompareMode.STRICT);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aBodyIsSignedByItsDigest(TestKey key) {
    memory.apply(key.created(account));
    SignedRequest request = key.signer().sign(TestKey.post(BODY), NOON, "n1");

    valid(verify(request));
    refused(verify(other(request, "{\"amount\": 2}".getBytes(UTF_8))), "digest-mismatch", 1);
  }

  @Test
  void aHeaderMayHaveOneValueWithoutBrackets() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    String body = body("read", SOURCE, signed(key, "n1"));

    valid(post(body.replaceAll("\\[(\"sig1=[^]]*)]", "$1")));
  }

  @Test
  void withoutASignatureItIsMalformed() {
    refusedToAStranger(verify(TestKey.get()), "malformed-signature");
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    refusedToAStranger(verify(signedWith(key, "")), "malformed-signature");
    refusedToAStranger(
        verify(RequestSigner.with(signed(key, "n"), "signature", "sig1=x")), "malformed-signature");
  }

  @Test
  void whatMustBeSignedMustBeSigned() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    SignedRequest request =
        key.signer()
            .sign(
                TestKey.get(),
                "(\"@method\");created=%d;keyid=\"%s\";nonce=\"n\""
                    .formatted(NOON.getEpochSecond(), key.publicApiKey()));

    refusedToAStranger(verify(request), "component-missing");
    refusedToAStranger(verify(other(signed(key, "n"), BODY)), "component-missing");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyThatIsNotThereIsUnknown(TestKey key) {
    refusedToAStranger(verify(signed(key, "n1")), "unknown-key");

    memory.apply(key.created(account));
    valid(verify(signed(key, "n1")));

    memory.apply(keyDeleted(account, key.publicApiKey()));
    refusedToAStranger(verify(signed(key, "n2")), "unknown-key");
  }

  @Test
  void deletingAllMakesAllUnknown() {
    TestKey one = TestKey.hmac();
    TestKey two = TestKey.ed25519();
    memory.apply(one.created(account), two.created(account));
    memory.apply(allKeysDeleted(account, one.publicApiKey(), two.publicApiKey()));

    refusedToAStranger(verify(signed(one, "n1")), "unknown-key");
    refusedToAStranger(verify(signed(two, "n1")), "unknown-key");
  }

  @Test
  void aNameThatNoKeyHasIsUnknown() {
    for (String name : List.of("kl_pub_x", "", "kl_pub_" + "0".repeat(28), "x".repeat(500))) {
      SignedRequest request = RequestSigner.hmac(name, "kl_sec_x").sign(TestKey.get(), NOON, "n1");
      refusedToAStranger(verify(request), "unknown-key");
    }
  }

  @Test
  void aRotatedKeyIsUnknownWhenItsGraceIsOver() {
    TestKey key = TestKey.hmac();
    String next = TestKey.newPublicApiKey();
    memory.apply(
        key.created(account), keyRotated(account, key.publicApiKey(), next, NOON.plusNanos(1)));
    valid(verify(signed(key, "n1")));

    TestKey old = TestKey.hmac();
    memory.apply(
        old.created(account),
        keyRotated(account, old.publicApiKey(), TestKey.newPublicApiKey(), NOON));
    refusedToAStranger(verify(signed(old, "n1")), "unknown-key");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void anotherKeysSignatureDoesNotMatch(TestKey key) {
    memory.apply(key.created(account));
    for (TestKey other : List.of(TestKey.hmac(), TestKey.ed25519())) {
      memory.apply(other.created(account));
      SignedRequest request =
          other
              .signer()
              .sign(
                  TestKey.get(),
                  "(\"@method\" \"@target-uri\");created=%d;keyid=\"%s\";nonce=\"n\""
                      .formatted(NOON.getEpochSecond(), key.publicApiKey()));
      refusedToAStranger(verify(request), "signature-mismatch");
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aChangedRequestDoesNotMatch(TestKey key) {
    memory.apply(key.created(account));
    SignedRequest request = signed(key, "n1");

    refusedToAStranger(
        verify(new SignedRequest("POST", request.targetUri(), request.headers(), request.body())),
        "signature-mismatch");
    refusedToAStranger(
        verify(
            new SignedRequest(
                "GET",
                URI.create("https://api.exchange.example/v1/orders?side=sell"),
                request.headers(),
                request.body())),
        "signature-mismatch");
  }

  @Test
  void aKeyNeedsAWholeSignatureBeforeItsStateIsTold() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account), keyDisabled(account, key.publicApiKey(), NOON));

    refusedToAStranger(
        verify(RequestSigner.with(signed(key, "n"), "signature", "sig1=:AAAA:")),
        "signature-mismatch");
  }

  @Test
  void anotherAlgorithmThanTheKeysIsRefused() {
    TestKey hmac = TestKey.hmac();
    TestKey ed25519 = TestKey.ed25519();
    memory.apply(hmac.created(account), ed25519.created(account));

    refused(verify(signedWith(hmac, ";nonce=\"n\";alg=\"ed25519\"")), "algorithm-mismatch", 2);
    refused(
        verify(signedWith(ed25519, ";nonce=\"n\";alg=\"hmac-sha256\"")), "algorithm-mismatch", 2);
    valid(verify(signedWith(hmac, ";nonce=\"n\"")));
  }

  @Test
  void aSignatureIsGoodForAWhile() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    long noon = NOON.getEpochSecond();

    valid(verify(key.sign(NOON.plusSeconds(5), "n1")));
    refused(verify(key.sign(NOON.plusSeconds(6), "n2")), "from-the-future", 1);
    valid(verify(key.sign(Instant.ofEpochSecond(noon - 29), "n3")));
    refused(verify(key.sign(Instant.ofEpochSecond(noon - 30), "n4")), "too-old", 1);
    refused(verify(key.sign(Instant.EPOCH, "n5")), "too-old", 1);
  }

  @Test
  void theSignersOwnEndIsHonoured() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    long noon = NOON.getEpochSecond();

    refused(verify(signedWith(key, ";nonce=\"n1\";expires=" + noon)), "expired", 1);
    valid(verify(signedWith(key, ";nonce=\"n2\";expires=" + (noon + 1))));
  }

  @Test
  void aDisabledKeyIsRefusedUntilItIsEnabled() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account), keyDisabled(account, key.publicApiKey(), NOON));
    refused(verify(signed(key, "n1")), "key-disabled", 2);

    memory.apply(keyEnabled(account, key.publicApiKey(), NOON));
    valid(verify(signed(key, "n1")));
  }

  @Test
  void anExpiredKeyIsRefusedFromTheInstantOn() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account, List.of(), null, NOON));
    refused(verify(signed(key, "n1")), "key-expired", 1);

    memory.apply(expiryChanged(account, key.publicApiKey(), NOON.plusNanos(1)));
    valid(verify(signed(key, "n1")));

    memory.apply(
        expiryChanged(account, key.publicApiKey(), NOON),
        keyDisabled(account, key.publicApiKey(), NOON));
    refused(verify(signed(key, "n2")), "key-disabled", 4);
  }

  @Test
  void aPermissionMustBeHeld() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));

    valid(verify("read", SOURCE, signed(key, "n1")));
    refused(verify("withdraw", SOURCE, signed(key, "n2")), "permission-missing", 1);
  }

  @Test
  void aKeyIsRefusedElsewhereThanWhereItIsTrusted() {
    TestKey key = TestKey.hmac();
    memory.apply(
        key.created(
            account, List.of("203.0.113.7", "198.51.100.0/24", "2001:db8::/32"), null, null));
    List<String> trusted =
        List.of("203.0.113.7", "::ffff:203.0.113.7", "198.51.100.255", "2001:DB8:0:1::1");
    List<String> others =
        List.of("203.0.113.8", "::ffff:203.0.113.8", "198.51.101.0", "2001:db9::1", "::1");

    for (String ip : trusted) {
      valid(verify("trade", ip, signed(key, ip.replace(':', '-'))));
    }
    for (String ip : others) {
      refused(verify("trade", ip, signed(key, "n1")), "ip-not-trusted", 1);
    }
    refused(
        verify("trade", "203.0.113.8", signed(key, "n1"), "X-Forwarded-For", "203.0.113.7"),
        "ip-not-trusted",
        1);
  }

  @Test
  void anEditCountsAtOnce() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    valid(verify(signed(key, "n1")));

    memory.apply(permissionsEdited(account, key.publicApiKey(), NOON, "198.51.100.1"));

    refused(verify(signed(key, "n2")), "ip-not-trusted", 2);
  }

  @Test
  void aNonceIsGoodOncePerKey() {
    TestKey one = TestKey.hmac();
    TestKey two = TestKey.hmac();
    memory.apply(one.created(account), two.created(account));

    valid(verify(signed(one, "same")));
    refused(verify(signed(one, "same")), "nonce-reused", 2);
    refused(verify(one.sign(NOON.minusSeconds(9), "same")), "nonce-reused", 2);
    valid(verify(signed(two, "same")));
  }

  @Test
  void aNonceIsNotUsedUpByWhatIsRefused() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    refused(verify("withdraw", SOURCE, signed(key, "n1")), "permission-missing", 1);

    valid(verify(signed(key, "n1")));
  }

  @Test
  void aRateLimitIsKeptAndFollowsEdits() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account, List.of(), new RateLimit(1, 1), null));

    JsonNode limited = limited(key);
    assertThat(limited.get("reason").stringValue()).isEqualTo("rate-limited");
    assertThat(limited.get("position").longValue()).isEqualTo(1);
    assertThat(limited.get("retryAfterMs").longValue()).isBetween(1L, 1000L);

    memory.apply(permissionsEdited(account, key.publicApiKey(), NOON));
    for (int n = 0; n < 5; n++) {
      valid(verify(signed(key, "more-" + n)));
    }
  }

  @Test
  void saysNothingOfAnAccountThatLacksAnEvent() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    memory.read(
        0, new Decoded.Poison(SetAside.Reason.VALUE, "broken", new Decoded.Place(account, 2)));

    problem(verify(signed(key, "n1")), ProblemType.VIEW_INCOMPLETE);
  }

  @Test
  void saysNothingOnceItIsStale() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    memory.silence(Duration.ofSeconds(2).toNanos());
    valid(verify(signed(key, "n1")));
    memory.silence(1);

    problem(
        verify(signed(key, "n2")).expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1"),
        ProblemType.STALE);
    problem(verify(signed(TestKey.hmac(), "n2")), ProblemType.STALE);

    memory.caughtUp();
    valid(verify(signed(key, "n2")));
  }

  @Test
  void saysNothingOfAKeyWhoseRootKeyIsMissing() {
    String publicApiKey = TestKey.newPublicApiKey();
    TestKey owner = TestKey.hmac();
    memory.apply(
        owner.created(account), keyRotated(account, owner.publicApiKey(), publicApiKey, NOON));

    problem(
        verify(RequestSigner.hmac(publicApiKey, "kl_sec_x").sign(TestKey.get(), NOON, "n1")),
        ProblemType.UNAVAILABLE);
  }

  @Test
  void waitsForTheMinimumPosition() throws InterruptedException {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    valid(verify(signed(key, "n1"), PositionHeaders.MIN_POSITION, "1"));

    Thread later =
        Thread.ofVirtual().start(() -> memory.apply(keyDeleted(account, key.publicApiKey())));
    refusedToAStranger(verify(signed(key, "n2"), PositionHeaders.MIN_POSITION, "2"), "unknown-key");
    assertThat(later.join(Duration.ofSeconds(20))).isTrue();
    problem(
        verify(signed(key, "n2"), PositionHeaders.MIN_POSITION, "x"),
        ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void whoCannotSignIsNotToldByWaitingWhereTheAccountStands() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));
    SignedRequest request = RequestSigner.with(signed(key, "n"), "signature", "sig1=:AAAA:");

    for (String position : List.of("1", "2")) {
      refusedToAStranger(
          verify(request, PositionHeaders.MIN_POSITION, position), "signature-mismatch");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0",
        "010.0.0.1",
        "10.0.0.1/32",
        "fe80::1%eth0",
        "[::1]",
        "::ffff:1.2.3.04",
        "0x7f.0.0.1",
        " 10.0.0.1"
      })
  void anAddressThatIsNoneIsMalformed(String ip) {
    problem(verify("read", ip, TestKey.get()), ProblemType.MALFORMED_REQUEST);
  }

  static List<String> malformed() {
    String good = body("read", SOURCE, TestKey.hmac().sign(NOON, "n1"));
    return List.of(
        "",
        "[]",
        "null",
        "{}",
        good.replace("\"read\"", "\"READ\""),
        good.replace("\"read\"", "0"),
        good.replace("\"read\"", "null"),
        good.replace("\"permission\"", "\"permissions\""),
        good.replace("\"GET\"", "7"),
        good.replace("\"GET\"", "null"),
        good.replace("https://api", "https://api exchange"),
        good.replaceFirst("\"headers\":\\{", "\"headers\":{\"a\":null,"),
        good.replaceFirst("\"headers\":\\{", "\"headers\":{\"a\":[null],"),
        good.replaceFirst("\"headers\":\\{", "\"headers\":{\"a\":1,"),
        good.replaceFirst("\"headers\":\\{", "\"headers\":{\"a\":{\"b\":\"c\"},"),
        good.replaceFirst("\"headers\":\\{", "\"body\":\"*\",\"headers\":{"),
        good.replaceFirst("\"headers\":\\{", "\"body\":[1],\"headers\":{"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aQuestionThatIsNoneIsMalformed(String body) {
    problem(post(body), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void wantsATokenWithTheScope() {
    String body = body("read", SOURCE, TestKey.get());
    problem(
        http.post()
            .uri("/v1/verifications")
            .header(HttpHeaders.CONTENT_TYPE, "application/json")
            .bodyValue(body)
            .exchange(),
        ProblemType.UNAUTHENTICATED);
    problem(
        http.post()
            .uri("/v1/verifications")
            .headers(h -> h.setBearerAuth(PLATFORM.token(account, null)))
            .header(HttpHeaders.CONTENT_TYPE, "application/json")
            .bodyValue(body)
            .exchange(),
        ProblemType.INSUFFICIENT_SCOPE);
  }

  @Test
  void theListShowsTheLastUseAndItsTagChangesWithIt() {
    TestKey key = TestKey.hmac();
    given(key.created(account));
    memory.apply(key.created(account));
    String before = tag();

    valid(verify("trade", "2001:DB8:0::1", signed(key, "n1")));

    await().untilAsserted(() -> assertThat(tag()).isNotEqualTo(before));
    get("/v1/keys/" + key.publicApiKey())
        .expectBody()
        .jsonPath("$.lastUsedAt")
        .isEqualTo("2026-11-22T12:00:00Z")
        .jsonPath("$.lastUsedIp")
        .isEqualTo("2001:db8::1");
  }

  private String tag() {
    return Objects.requireNonNull(
        get("/v1/keys").returnResult(byte[].class).getResponseHeaders().getETag());
  }

  /** Uses a key until its limit is reached. */
  private JsonNode limited(TestKey key) {
    for (int n = 0; n < 50; n++) {
      byte[] body =
          verify(signed(key, "limited-" + n)).expectBody().returnResult().getResponseBody();
      JsonNode answer = JSON.readTree(Objects.requireNonNull(body));
      if (!answer.get("valid").booleanValue()) {
        return answer;
      }
    }
    throw new AssertionError("never limited");
  }

  private static SignedRequest other(SignedRequest request, byte[] body) {
    return new SignedRequest(request.method(), request.targetUri(), request.headers(), body);
  }
}
