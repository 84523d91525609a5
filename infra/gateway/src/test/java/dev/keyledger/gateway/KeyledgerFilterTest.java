package dev.keyledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.client.KeyledgerSigner;
import dev.keyledger.gateway.Backend.Reached;
import dev.keyledger.gateway.FakeVerifier.Asked;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** What the filter asks, what it lets through, and what it says to the rest. */
class KeyledgerFilterTest {
  private static final KeyledgerSigner SIGNER =
      KeyledgerSigner.hmacSha256(FakeVerifier.KEY, FakeVerifier.SECRET);

  private final FakeVerifier verifier = FakeVerifier.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private Backend backend = behind(GatewaySettings.of(verifier.uri()));

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    verifier.close();
  }

  @Test
  void letsASignedRequestThroughAndSaysWhoseItIs() throws Exception {
    assertThat(send(SIGNER.sign(get("/v1/balances?a=b%20c"))).statusCode()).isEqualTo(204);

    Reached reached = backend.request();
    assertThat(reached.caller())
        .isEqualTo(new ApiCaller("alice", FakeVerifier.KEY, "Bot 1", List.of("read", "trade"), 7));
    assertThat(reached.header("Keyledger-Account")).isEqualTo("alice");
    assertThat(reached.header("Keyledger-Key")).isEqualTo(FakeVerifier.KEY);
    assertThat(reached.header("Keyledger-Permissions")).isEqualTo("read,trade");
  }

  @Test
  void passesTheBodyOn() throws Exception {
    String body = "{\"symbol\":\"BTC\",\"note\":\"é\"}" + " ".repeat(20_000);

    assertThat(send(SIGNER.sign(post("/v1/orders", body))).statusCode()).isEqualTo(204);

    assertThat(backend.request().body()).isEqualTo(body);
    assertThat(verifier.question().request().get("body"))
        .isEqualTo(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void asksWhatKeyledgerNeedsToKnowAndNoMore() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(SIGNER.sign(get("/v1/balances?a=1")), (name, value) -> true)
            .header("Cookie", "session=secret")
            .build();

    send(request);

    Asked asked = verifier.question();
    assertThat(asked.authorization()).isEqualTo("Bearer a-token");
    assertThat(asked.question()).containsOnlyKeys("permission", "sourceIp", "request");
    assertThat(asked.value("permission")).isEqualTo("read");
    assertThat(asked.value("sourceIp")).isEqualTo("127.0.0.1");
    assertThat(asked.request().keySet()).isEqualTo(Set.of("method", "targetUri", "headers"));
    assertThat(asked.request().get("method")).isEqualTo("GET");
    assertThat(asked.request().get("targetUri"))
        .isEqualTo(backend.uri("/v1/balances?a=1").toString());
    assertThat(asked.request().get("headers"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("signature", "signature-input");
  }

  @Test
  void sendsWhatWasSignedBesidesTheRequired() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(backend.uri("/v1/balances"))
            .header("X-Signed", "1")
            .header("X-Other", "2")
            .header("Signature-Input", "sig1=(\"x-signed\")")
            .header("Signature", "sig1=:AA==:")
            .build();

    send(request);

    assertThat(verifier.question().request().get("headers"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("signature", "signature-input", "x-signed");
  }

  @Test
  void asksForThePermissionThatTheRequestNeeds() throws Exception {
    HttpResponse<String> response = send(SIGNER.sign(post("/v1/withdrawals", "{}")));

    assertThat(verifier.question().value("permission")).isEqualTo("withdraw");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(backend.wasReached()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/balances", "/public/prices"})
  void whatAClientSaysOfItselfIsRemoved(String target) throws Exception {
    HttpRequest forged =
        HttpRequest.newBuilder(backend.uri(target))
            .header("keyledger-account", "mallory")
            .header("KEYLEDGER-KEY", "mallory")
            .header("Keyledger-Permissions", "withdraw")
            .build();

    send(target.startsWith("/public") ? forged : SIGNER.sign(forged));

    Reached reached = backend.request();
    assertThat(reached.headers()).doesNotContainValue("mallory").doesNotContainValue("withdraw");
    assertThat(reached.header("Keyledger-Account"))
        .isEqualTo(target.startsWith("/public") ? null : "alice");
  }

  @Test
  void whatNeedsNoKeyIsNotAskedAbout() throws Exception {
    assertThat(send(post("/public/prices", "a body")).statusCode()).isEqualTo(204);

    Reached reached = backend.request();
    assertThat(reached.caller()).isNull();
    assertThat(reached.body()).isEqualTo("a body");
    assertThat(verifier.wasAsked()).isFalse();
  }

  @Test
  void refusesWhatIsNotSigned() throws Exception {
    HttpResponse<String> response = send(get("/v1/balances"));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Signature");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body())
        .isEqualTo(
            "{\"title\":\"The request is not rightly signed\",\"status\":401,"
                + "\"code\":\"malformed-signature\"}");
    assertThat(backend.wasReached()).isFalse();
  }

  @Test
  void refusesABodyThatWasNotSigned() throws Exception {
    HttpRequest signed = SIGNER.sign(post("/v1/orders", "{\"amount\":1}"));
    HttpRequest altered =
        HttpRequest.newBuilder(signed, (name, value) -> true)
            .POST(BodyPublishers.ofString("{\"amount\":9}"))
            .build();

    assertThat(send(altered).body()).contains("digest-mismatch");
    assertThat(backend.wasReached()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "malformed-signature, 401",
    "component-missing, 401",
    "unknown-key, 401",
    "key-disabled, 401",
    "key-expired, 401",
    "algorithm-mismatch, 401",
    "signature-mismatch, 401",
    "too-old, 401",
    "from-the-future, 401",
    "expired, 401",
    "nonce-reused, 401",
    "digest-mismatch, 401",
    "a-reason-of-tomorrow, 401",
    "permission-missing, 403",
    "ip-not-trusted, 403",
    "rate-limited, 429",
  })
  void refusalsHaveStatuses(String reason, int status) throws Exception {
    verifier.refuses(reason);

    HttpResponse<String> response = send(SIGNER.sign(get("/v1/balances")));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("\"code\":\"" + reason + "\"");
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 429);
    assertThat(backend.wasReached()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2", "59000, 59", "0, 1"})
  void aRateLimitSaysWhenToComeBackInWholeSeconds(long millis, String seconds) throws Exception {
    verifier.says(
        200, "{\"valid\":false,\"reason\":\"rate-limited\",\"retryAfterMs\":" + millis + "}");

    assertThat(send(SIGNER.sign(get("/v1/balances"))).headers().firstValue("Retry-After"))
        .hasValue(seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | {\"code\":\"stale\"}",
        "500 | {}",
        "401 | {}",
        "403 | {}",
        "404 | {}",
        "302 | {}",
        "204 | ''",
        "200 | ''",
        "200 | {}",
        "200 | no json",
        "200 | {\"valid\":true}",
        "200 | {\"valid\":false}",
        "200 | {\"valid\":\"yes\",\"accountId\":\"a\"}",
        "200 | {\"valid\":true,\"accountId\":\"a\",\"publicApiKey\":\"k\",\"permissions\":[]}",
      })
  void nothingPassesWithoutAnAnswerThatCounts(int status, String body) throws Exception {
    verifier.says(status, body);

    unavailable(send(SIGNER.sign(get("/v1/balances"))));
  }

  @Test
  void nothingPassesWhereKeyledgerIsNotThere() throws Exception {
    replaceBackend(
        GatewaySettings.of(URI.create("http://localhost:" + freePort())),
        KeyledgerFilterTest::token);

    unavailable(send(SIGNER.sign(get("/v1/balances"))));
  }

  @Test
  void nothingPassesWhereKeyledgerIsTooSlow() throws Exception {
    replaceBackend(
        GatewaySettings.of(verifier.uri()).withTimeout(Duration.ofMillis(200)),
        KeyledgerFilterTest::token);
    verifier.keepsSilent();

    unavailable(send(SIGNER.sign(get("/v1/balances"))));
  }

  @Test
  void nothingPassesWithoutAToken() throws Exception {
    List<Supplier<Mono<String>>> failures =
        List.of(
            Mono::empty,
            () -> Mono.error(new IllegalStateException("no")),
            () -> {
              throw new IllegalStateException("no");
            });
    for (Supplier<Mono<String>> tokens : failures) {
      replaceBackend(GatewaySettings.of(verifier.uri()), tokens);

      unavailable(send(SIGNER.sign(get("/v1/balances"))));
      assertThat(verifier.wasAsked()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"400, 400, malformed-request", "413, 413, content-too-large"})
  void whatCanNotBeAskedAboutIsTheClientsFault(int said, int status, String code) throws Exception {
    verifier.says(said, "{}");

    HttpResponse<String> response = send(SIGNER.sign(get("/v1/balances")));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(code);
    assertThat(backend.wasReached()).isFalse();
  }

  @Test
  void aBodyOverTheLimitIsNotKept() throws Exception {
    replaceBackend(GatewaySettings.of(verifier.uri()).withMaxBody(10), KeyledgerFilterTest::token);

    assertThat(send(SIGNER.sign(post("/v1/orders", "1234567890"))).statusCode()).isEqualTo(204);
    verifier.question();
    HttpResponse<String> response = send(SIGNER.sign(post("/v1/orders", "12345678901")));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("content-too-large");
    assertThat(verifier.wasAsked()).isFalse();
  }

  @Test
  void nothingIsRemembered() throws Exception {
    HttpRequest request = SIGNER.sign(get("/v1/balances"));
    assertThat(send(request).statusCode()).isEqualTo(204);

    verifier.refuses("key-disabled");

    assertThat(send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void aPublicAddressTakesTheHostsPlace() throws Exception {
    replaceBackend(
        GatewaySettings.of(verifier.uri()).withPublicUri(URI.create("https://api.example.com")),
        KeyledgerFilterTest::token);
    HttpRequest signedForItself = SIGNER.sign(get("/v1/balances?a=1"));
    HttpRequest signedForTheAddress =
        SIGNER.sign(
            HttpRequest.newBuilder(URI.create("https://api.example.com/v1/balances?a=1")).build());

    assertThat(send(signedForItself).body()).contains("signature-mismatch");
    assertThat(
            send(HttpRequest.newBuilder(signedForTheAddress, (name, value) -> true)
                    .uri(backend.uri("/v1/balances?a=1"))
                    .build())
                .statusCode())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, '203.0.113.9, 10.0.0.1', 203.0.113.9",
    "X-Forwarded-For, 2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "X-Forwarded-For, ::ffff:203.0.113.9, 203.0.113.9",
    "Forwarded, for=203.0.113.9:4711, 203.0.113.9",
    "Forwarded, 'for=\"[2001:db8::1]:4711\"', 2001:db8:0:0:0:0:0:1",
  })
  void theSourceAddressIsTheOneThatAProxySaid(String header, String value, String sourceIp)
      throws Exception {
    replaceBackendBehindProxy();

    HttpResponse<String> response = send(with(header, value, SIGNER.sign(get("/v1/balances"))));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(verifier.question().value("sourceIp")).isEqualTo(sourceIp);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "localhost",
        "1",
        "10.1",
        "010.0.0.1",
        "256.0.0.1",
        "203.0.113.9:4711",
        "fe80::1%eth0",
        "2001:db8::g",
        "1::2::3",
        "abcd",
      })
  void nothingPassesWhereAProxySaidNoAddress(String value) throws Exception {
    replaceBackendBehindProxy();

    unavailable(send(with("X-Forwarded-For", value, SIGNER.sign(get("/v1/balances")))));
    assertThat(verifier.wasAsked()).isFalse();
  }

  @Test
  void whereNoProxyIsExpectedItsHeadersSayNothing() throws Exception {
    send(with("X-Forwarded-For", "203.0.113.9", SIGNER.sign(get("/v1/balances"))));

    assertThat(verifier.question().value("sourceIp")).isEqualTo("127.0.0.1");
  }

  @Test
  void anyAccountIdCanStandInAHeader() throws Exception {
    replaceBackend(
        GatewaySettings.of(verifier.uri())
            .withHeaders(new GatewaySettings.Headers("X-Account", "X-Key", "X-Permissions")),
        KeyledgerFilterTest::token);
    verifier.says(
        200,
        "{\"valid\":true,\"accountId\":\"a\\r\\nX-Key: b é%\",\"publicApiKey\":\"k\","
            + "\"label\":\"l\",\"permissions\":[\"read\"],\"position\":1}");

    send(SIGNER.sign(get("/v1/balances")));

    Reached reached = backend.request();
    assertThat(reached.header("X-Account")).isEqualTo("a%0D%0AX-Key:%20b%20%C3%A9%25");
    assertThat(reached.header("X-Key")).isEqualTo("k");
    assertThat(reached.header("Keyledger-Account")).isNull();
  }

  private void unavailable(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(response.body()).contains("\"code\":\"verification-unavailable\"");
    assertThat(backend.wasReached()).isFalse();
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest get(String target) {
    return HttpRequest.newBuilder(backend.uri(target)).build();
  }

  private HttpRequest post(String target, String body) {
    return HttpRequest.newBuilder(backend.uri(target)).POST(BodyPublishers.ofString(body)).build();
  }

  private void replaceBackend(GatewaySettings settings, Supplier<Mono<String>> tokens) {
    backend.close();
    backend =
        Backend.behind(new KeyledgerFilter(settings, KeyledgerFilterTest::permission, tokens));
  }

  private void replaceBackendBehindProxy() {
    backend.close();
    backend =
        Backend.behindProxyAnd(
            new KeyledgerFilter(
                GatewaySettings.of(verifier.uri()),
                KeyledgerFilterTest::permission,
                KeyledgerFilterTest::token));
  }

  private static HttpRequest with(String header, String value, HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, any) -> true).header(header, value).build();
  }

  private static Backend behind(GatewaySettings settings) {
    return Backend.behind(
        new KeyledgerFilter(settings, KeyledgerFilterTest::permission, KeyledgerFilterTest::token));
  }

  private static Mono<String> token() {
    return Mono.just("a-token");
  }

  private static Optional<Permission> permission(ServerHttpRequest request) {
    String path = request.getURI().getRawPath();
    return path.startsWith("/public")
        ? Optional.empty()
        : Optional.of(
            switch (path) {
              case "/v1/withdrawals" -> Permission.WITHDRAW;
              case "/v1/orders" -> Permission.TRADE;
              default -> Permission.READ;
            });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
