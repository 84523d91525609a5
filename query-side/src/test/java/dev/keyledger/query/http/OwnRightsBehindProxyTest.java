package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.verification.LastUse;
import dev.keyledger.signatures.SignedRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What a key is told that asks for itself, through a proxy that ends TLS. */
@TestPropertySource(
    properties = {
      QueryFace.MAX_WAIT + "=20s",
      "keyledger.verification.public-uri=" + OwnRightsBehindProxyTest.PUBLIC_URI,
      "keyledger.verification.usage-interval=100ms",
      "server.forward-headers-strategy=framework"
    })
class OwnRightsBehindProxyTest extends VerificationTest {
  static final String PUBLIC_URI = "https://keys.exchange.example";
  private static final String PATH = "/v1/verifications/self?why=n%6ft&a=+";

  @Test
  void theRequestIsSignedAsClientsSeeIt() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));

    ask(sign(key, PUBLIC_URI + PATH, "n1"), "203.0.113.7").expectStatus().isOk();
    ask(sign(key, "http://127.0.0.1:" + port + PATH, "n2"), "203.0.113.7")
        .expectStatus()
        .isUnauthorized()
        .expectBody()
        .jsonPath("$.reason")
        .isEqualTo("signature-mismatch");
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.7, 203.0.113.7", "2001:DB8::0:7, 2001:db8::7"})
  void theAddressIsTheOneThatTheProxyNames(String forwarded, String address) {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account, List.of(address), null, null));

    ask(sign(key, PUBLIC_URI + PATH, "n1"), forwarded).expectStatus().isOk();

    LastUse use = new LastUse(NOON, address);
    await()
        .untilAsserted(() ->
            assertThat(Objects.requireNonNull(usage.find(account).block()))
                .isEqualTo(Map.of(key.publicApiKey(), use)));
  }

  @Test
  void anotherAddressThanThoseOfTheKeyIsNotTrusted() {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account, List.of("127.0.0.0/8"), null, null));

    ask(sign(key, PUBLIC_URI + PATH, "n1"), "203.0.113.7")
        .expectStatus()
        .isUnauthorized()
        .expectBody()
        .jsonPath("$.reason")
        .isEqualTo("ip-not-trusted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "localhost", "010.0.0.1", "fe80::1%eth0", "203.0.113.7:80"})
  void aTextThatIsNoAddressIsMalformed(String forwarded) {
    TestKey key = TestKey.hmac();
    memory.apply(key.created(account));

    problem(ask(sign(key, PUBLIC_URI + PATH, "n1"), forwarded), ProblemType.MALFORMED_REQUEST);
  }

  private ResponseSpec ask(SignedRequest request, String forwarded) {
    return http.get()
        .uri(URI.create("http://127.0.0.1:" + port + PATH))
        .headers(headers -> request.headers().forEach(headers::put))
        .header("X-Forwarded-For", forwarded)
        .exchange();
  }

  private static SignedRequest sign(TestKey key, String target, String nonce) {
    return key.signer()
        .sign(new SignedRequest("GET", URI.create(target), Map.of(), new byte[0]), NOON, nonce);
  }
}
