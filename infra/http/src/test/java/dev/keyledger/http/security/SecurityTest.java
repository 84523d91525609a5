package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.keyledger.http.HttpTest;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.support.TestIssuer;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class SecurityTest extends HttpTest {
  @Autowired private ApplicationContext context;

  private static Date inSeconds(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private ResponseSpec callWith(String token) {
    return withToken(token).get().uri("/v1/things/caller").exchange();
  }

  @Test
  void knowsTheCaller() {
    callWith(ISSUER.token("alice"))
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"accountId\":\"alice\",\"email\":\"alice@example.com\"}");
  }

  @Test
  void asksStrangersForAToken() {
    ResponseSpec answer = stranger.get().uri("/v1/things/caller").exchange();
    answer.expectHeader().valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    expectProblem(answer, ProblemType.UNAUTHENTICATED);
  }

  @Test
  void opensAPathToAnybodyWhereARuleSaysSo() {
    for (WebTestClient caller : List.of(stranger, withToken(ISSUER.token("alice")))) {
      caller
          .get()
          .uri("/v1/things/open")
          .exchange()
          .expectStatus()
          .isOk()
          .expectBody(String.class)
          .isEqualTo("for anybody");
    }
    stranger.get().uri("/v1/things/open/more").exchange().expectStatus().isUnauthorized();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/things%2Fcaller", "/v1%2Fthings/caller", "/v1/audit%2Fevents"})
  void anEncodedSlashLeadsRoundNoRule(String path) {
    withToken(ISSUER.token("alice"))
        .get()
        .uri(URI.create("http://localhost:" + port() + path))
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  static Stream<Arguments> badTokens() throws JOSEException {
    JWTClaimsSet good = TestIssuer.claims("alice").build();
    SignedJWT withPublicKeyAsSecret =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(), good);
    withPublicKeyAsSecret.sign(new MACSigner(ISSUER.key().toRSAPublicKey().getEncoded()));
    String signed = ISSUER.sign(good);
    String[] parts = signed.split("\\.", -1);
    String otherPayload = ISSUER.token("mallory").split("\\.", -1)[1];
    return Stream.of(
        Arguments.of(
            "expired", sign(b -> b.issueTime(inSeconds(-60)).expirationTime(inSeconds(-31)))),
        Arguments.of("without expiry", sign(b -> b.expirationTime(null))),
        Arguments.of("not yet good", sign(b -> b.notBeforeTime(inSeconds(60)))),
        Arguments.of("other audience", sign(b -> b.audience("other"))),
        Arguments.of("no audience", sign(b -> b.audience((String) null))),
        Arguments.of("other issuer", sign(b -> b.issuer("https://evil.example.com"))),
        Arguments.of("no issuer", sign(b -> b.issuer(null))),
        Arguments.of("no subject", sign(b -> b.subject(null))),
        Arguments.of("blank subject", sign(b -> b.subject(" "))),
        Arguments.of("long subject", sign(b -> b.subject("s".repeat(256)))),
        Arguments.of("control character", sign(b -> b.subject("ali\nce"))),
        Arguments.of("algorithm none", new PlainJWT(good).serialize()),
        Arguments.of("HS256 with the public key", withPublicKeyAsSecret.serialize()),
        Arguments.of("foreign key, same id", TestIssuer.sign(good, TestIssuer.newKey("key-1"))),
        Arguments.of("foreign key", TestIssuer.sign(good, TestIssuer.newKey("key-x"))),
        Arguments.of(
            "other kind", TestIssuer.sign(good, ISSUER.key(), new JOSEObjectType("logout+jwt"))),
        Arguments.of("signature cut off", parts[0] + "." + parts[1] + "."),
        Arguments.of("payload swapped", parts[0] + "." + otherPayload + "." + parts[2]),
        Arguments.of("no JWT", "sesame"),
        Arguments.of("not even a token", "§§§ sesame"));
  }

  private static String sign(java.util.function.UnaryOperator<JWTClaimsSet.Builder> change) {
    return ISSUER.sign(change.apply(TestIssuer.claims("alice")).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void refusesBadTokensWithoutSayingWhy(String name, String token) {
    ResponseSpec answer = callWith(token);
    answer
        .expectHeader()
        .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    expectProblem(answer, ProblemType.UNAUTHENTICATED)
        .jsonPath("$.detail")
        .isEqualTo(ProblemType.UNAUTHENTICATED.explanation());
  }

  @Test
  void allowsForClocksThatDiffer() {
    callWith(sign(b -> b.issueTime(inSeconds(-60)).expirationTime(inSeconds(-5))))
        .expectStatus()
        .isOk();
  }

  /** RFC 9068 section 4. */
  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "application/at+jwt"})
  void takesAccessTokensByTheirOwnType(String type) {
    JWTClaimsSet claims = TestIssuer.claims("alice").build();
    callWith(TestIssuer.sign(claims, ISSUER.key(), new JOSEObjectType(type))).expectStatus().isOk();
  }

  @Test
  void namesTheMissingScope() {
    ResponseSpec answer = alice.get().uri("/v1/audit").exchange();
    answer
        .expectHeader()
        .valueEquals(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer error=\"insufficient_scope\", scope=\"audit:read\"");
    expectProblem(answer, ProblemType.INSUFFICIENT_SCOPE);
    String wide = sign(b -> b.claim("scope", "keys:manage audit:read"));
    withToken(wide).get().uri("/v1/audit").exchange().expectStatus().isOk();
    String none = sign(b -> b.claim("scope", null));
    expectProblem(
        withToken(none).get().uri("/v1/things").exchange(), ProblemType.INSUFFICIENT_SCOPE);
  }

  @Test
  void closesWhatNoRuleOpens() {
    expectProblem(alice.get().uri("/v1/forgotten").exchange(), ProblemType.NOT_FOUND);
    expectProblem(stranger.get().uri("/v1/forgotten").exchange(), ProblemType.UNAUTHENTICATED);
    expectProblem(alice.get().uri("/elsewhere").exchange(), ProblemType.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, true",
    "a.b+c@sub.example.com, true",
    "no-address, false",
    "two@signs@example.com, false",
    "'alice@example.com,bob@example.com', false",
    "'Alice <alice@example.com>', false"
  })
  void takesAnAddressOnly(String email, boolean taken) {
    Object shown = taken ? email : null;
    assertThat(emailWith(b -> b.claim("email", email))).isEqualTo(shown);
  }

  @Test
  void takesNoAddressThatIsNotVerifiedOrCouldForgeMail() {
    assertThat(emailWith(b -> b.claim("email_verified", false))).isNull();
    assertThat(emailWith(b -> b.claim("email_verified", true))).isEqualTo("alice@example.com");
    assertThat(emailWith(b -> b.claim("email", "a@example.com\r\nBcc: b@example.com"))).isNull();
    assertThat(emailWith(b -> b.claim("email", 7))).isNull();
    assertThat(emailWith(b -> b.claim("email", null))).isNull();
    assertThat(emailWith(b -> b.claim("email", "a".repeat(250) + "@example.com"))).isNull();
  }

  private @Nullable String emailWith(
      java.util.function.UnaryOperator<JWTClaimsSet.Builder> change) {
    TestServiceCaller caller =
        callWith(sign(change))
            .expectStatus()
            .isOk()
            .expectBody(TestServiceCaller.class)
            .returnResult()
            .getResponseBody();
    assertThat(caller).isNotNull();
    return caller.email();
  }

  record TestServiceCaller(String accountId, @Nullable String email) {}

  @Test
  void neverShowsAnAddressInLogs() {
    assertThat(new Account("alice", "alice@example.com")).hasToString("Account[alice]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/things", "/v1/elsewhere", "/problems/not-found", "/elsewhere"})
  void sendsSecurityHeaders(String path) {
    ResponseSpec answer = stranger.get().uri(path).exchange();
    answer
        .expectHeader()
        .valueEquals("X-Content-Type-Options", "nosniff")
        .expectHeader()
        .valueEquals("X-Frame-Options", "DENY")
        .expectHeader()
        .valueEquals("Referrer-Policy", "no-referrer")
        .expectHeader()
        .value("Content-Security-Policy", csp -> assertThat(csp).startsWith("default-src 'none'"))
        .expectHeader()
        .value(HttpHeaders.CACHE_CONTROL, cache -> assertThat(cache).contains("no-store"))
        .expectHeader()
        .doesNotExist(HttpHeaders.SERVER)
        .expectHeader()
        .doesNotExist(HttpHeaders.SET_COOKIE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/logout"})
  void hasNoPagesOfItsOwn(String path) {
    expectProblem(stranger.get().uri(path).exchange(), ProblemType.NOT_FOUND);
    expectProblem(stranger.post().uri(path).exchange(), ProblemType.NOT_FOUND);
    assertThat(context.getBeanProvider(ReactiveUserDetailsService.class).getIfAvailable()).isNull();
  }

  @Test
  void sendsNoCorsHeadersUnlessConfigured() {
    ResponseSpec answer =
        alice
            .get()
            .uri("/v1/things")
            .header(HttpHeaders.ORIGIN, "https://app.example.com")
            .exchange();
    answer
        .expectStatus()
        .isOk()
        .expectHeader()
        .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    ResponseSpec preflight =
        stranger
            .options()
            .uri("/v1/things")
            .header(HttpHeaders.ORIGIN, "https://app.example.com")
            .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .exchange();
    preflight.expectHeader().doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    expectProblem(preflight, ProblemType.UNAUTHENTICATED);
  }
}
