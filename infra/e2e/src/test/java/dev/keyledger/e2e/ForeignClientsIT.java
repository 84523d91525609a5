package dev.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyledger.client.KeyledgerSigner;
import dev.keyledger.gateway.Backend;
import dev.keyledger.gateway.Backend.Reached;
import dev.keyledger.gateway.GatewaySettings;
import dev.keyledger.gateway.KeyledgerFilter;
import dev.keyledger.gateway.Permission;
import dev.keyledger.signatures.ForeignClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole way of a request, over HTTP: a client signs it, the filter asks Keyledger, a backend
 * learns whose it is. The clients are ours and, where there is node, two with other people's
 * libraries.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignClientsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ORDER = "{\"symbol\":\"BTC-EUR\",\"note\":\"é\"}";
  private static final List<String> ALGORITHMS = List.of("ed25519", "hmac-sha256");

  private Setup setup;
  private Backend backend;

  @BeforeAll
  void start(@TempDir Path logs) {
    setup = new Setup(logs, Map.of("keyledger.two-factor.policy", "if-enrolled"));
    String token = token(setup.endpoints());
    backend =
        Backend.behind(
            new KeyledgerFilter(
                GatewaySettings.of(URI.create(setup.endpoints().query()))
                    .withTimeout(Duration.ofSeconds(20)),
                request -> Optional.of(Permission.TRADE),
                () -> Mono.just(token)));
  }

  @AfterAll
  void stop() {
    backend.close();
    setup.close();
  }

  @Test
  void ourClient() throws Exception {
    for (String algorithm : ALGORITHMS) {
      Key key = make(algorithm);
      HttpRequest order =
          HttpRequest.newBuilder(backend.uri("/v1/orders"))
              .POST(BodyPublishers.ofString(ORDER))
              .build();
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(client.send(key.signer().sign(order), BodyHandlers.discarding()).statusCode())
            .isEqualTo(204);
        arrived(key);
        assertThat(client.send(order, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      }
      assertThat(backend.wasReached()).isFalse();
    }
  }

  static Stream<Arguments> foreign() {
    return ForeignClient.LIBRARIES.stream()
        .flatMap(library -> ALGORITHMS.stream().map(algorithm -> Arguments.of(library, algorithm)));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void otherPeoplesClients(String library, String algorithm) {
    assumeTrue(ForeignClient.isAvailable(), "no node here, or no libraries for it");
    Key key = make(algorithm);
    Key other = make(algorithm);

    assertThat(send(library, key, key).get("status").intValue()).isEqualTo(204);
    arrived(key);

    JsonNode refused = send(library, key, other);
    assertThat(refused.get("status").intValue()).isEqualTo(401);
    assertThat(refused.get("body").asString()).contains("signature-mismatch");
    assertThat(backend.wasReached()).isFalse();
  }

  private void arrived(Key key) {
    Reached order = backend.request();
    assertThat(order.body()).isEqualTo(ORDER);
    assertThat(order.header("Keyledger-Key")).isEqualTo(key.publicApiKey);
    assertThat(Objects.requireNonNull(order.caller()).accountId()).isEqualTo(key.accountId);
  }

  /** Sends an order as one key's, signed with the secret of one. */
  private JsonNode send(String library, Key named, Key signing) {
    Map<String, Object> request =
        Map.of(
            "method",
            "POST",
            "url",
            backend.uri("/v1/orders").toString(),
            "headers",
            Map.of("content-type", "application/json"),
            "body",
            ORDER);
    Map<String, Object> by =
        Map.of(
            "keyId", named.publicApiKey,
            "algorithm", signing.algorithm,
            "key", signing.secret,
            "created", Instant.now().getEpochSecond(),
            "nonce", UUID.randomUUID().toString());
    String input = JSON.writeValueAsString(Map.of("request", request, "by", by, "send", true));
    return JSON.readTree(ForeignClient.of(library).run(input));
  }

  /** A key of a new account, which the query side knows of. */
  private Key make(String algorithm) {
    AccountHolder holder = setup.newAccount();
    Map<String, Object> asked =
        Map.of("label", "Trading Bot 1", "permissions", List.of("trade"), "algorithm", algorithm);
    JsonNode challenge = holder.command("POST", "/v1/keys", asked).expect(202).body();
    JsonNode made = holder.verify(challenge, holder.awaitCodeMail().code()).expect(201).body();
    Key key =
        new Key(
            holder.accountId(),
            made.path("key").path("publicApiKey").asString(),
            algorithm,
            made.path("secret").path("value").asString());
    Answer seen =
        setup.gateway().ask(Gateway.order(key.signer()), "trade", "127.0.0.1", holder.position());
    assertThat(seen.expect(200).body().path("valid").asBoolean()).isTrue();
    return key;
  }

  private static String token(Endpoints endpoints) {
    return new Http((method, url, body, answer) -> {})
        .call(
            "POST",
            endpoints.local() + "/dev/token",
            Map.of("sub", "gateway", "scope", "keys:verify"),
            Map.of())
        .expect(200)
        .body()
        .path("access_token")
        .asString();
  }

  private record Key(String accountId, String publicApiKey, String algorithm, String secret) {

    KeyledgerSigner signer() {
      return algorithm.equals("ed25519")
          ? KeyledgerSigner.ed25519(publicApiKey, secret)
          : KeyledgerSigner.hmacSha256(publicApiKey, secret);
    }
  }
}
