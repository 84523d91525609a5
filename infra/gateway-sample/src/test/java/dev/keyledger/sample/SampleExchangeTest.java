package dev.keyledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.client.KeyledgerSigner;
import dev.keyledger.gateway.FakeVerifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The sample as a whole: a signed request comes in, the verifier is asked, the account is known.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    // Where Spring by itself believes proxies' headers.
    properties = "spring.main.cloud-platform=kubernetes")
class SampleExchangeTest {
  private static final FakeVerifier VERIFIER = FakeVerifier.start();
  private static final KeyledgerSigner SIGNER =
      KeyledgerSigner.hmacSha256(FakeVerifier.KEY, FakeVerifier.SECRET);

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void verifier(DynamicPropertyRegistry registry) {
    registry.add("sample.verifier", VERIFIER::uri);
    registry.add("sample.token-uri", () -> VERIFIER.uri() + "/dev/token");
    // The first call of a cold application may take its time on a busy machine.
    registry.add("sample.timeout", () -> "30s");
  }

  @AfterAll
  static void stop() {
    VERIFIER.close();
  }

  @Test
  void pricesAreForAll() throws Exception {
    assertThat(send(get("/v1/prices")).statusCode()).isEqualTo(200);
  }

  @Test
  void balancesAreTheCallersOwn() throws Exception {
    HttpResponse<String> response = send(SIGNER.sign(get("/v1/balances")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"account\":\"alice\"");
    assertThat(send(get("/v1/balances")).statusCode()).isEqualTo(401);
  }

  @Test
  void aClientCannotClaimAnAddress() throws Exception {
    HttpRequest claims =
        HttpRequest.newBuilder(SIGNER.sign(get("/v1/balances")), (_, _) -> true)
            .header("X-Forwarded-For", "203.0.113.7")
            .build();
    assertThat(send(claims).statusCode()).isEqualTo(200);

    assertThat(VERIFIER.question().value("sourceIp")).isEqualTo("127.0.0.1");
  }

  @Test
  void anOrderReachesTheExchangeWhole() throws Exception {
    HttpResponse<String> response = send(SIGNER.sign(post("/v1/orders")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).contains("\"symbol\":\"BTC\"", "\"account\":\"alice\"");
  }

  /** The verifier's key may read and trade; no other spelling of the path makes it enough. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/withdrawals",
        "/v1/withdraw%61ls",
        "/v1/withdrawals;x=1",
        "/v1;x/withdrawals",
        "/v1/withdrawals/",
      })
  void aWithdrawalNeedsMore(String path) throws Exception {
    HttpResponse<String> response = send(SIGNER.sign(post(path)));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("permission-missing");
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }

  private HttpRequest post(String path) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"symbol\":\"BTC\"}"))
        .build();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
