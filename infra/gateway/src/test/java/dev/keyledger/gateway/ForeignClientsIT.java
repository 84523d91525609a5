package dev.keyledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyledger.signatures.ForeignClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients with other people's libraries get through the filter, over HTTP, and only when right. */
class ForeignClientsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FakeVerifier verifier = FakeVerifier.start();
  private final Backend backend =
      Backend.behind(
          new KeyledgerFilter(
              GatewaySettings.of(verifier.uri()),
              request -> Optional.of(Permission.TRADE),
              () -> Mono.just("a-token")));

  @BeforeAll
  static void needsNode() {
    assumeTrue(ForeignClient.isAvailable(), "no node here, or no libraries for it");
  }

  @AfterEach
  void stop() {
    backend.close();
    verifier.close();
  }

  static Stream<Arguments> requests() {
    List<String> byParts =
        List.of("@method", "@authority", "@path", "@query", "content-digest", "content-type");
    return ForeignClient.LIBRARIES.stream()
        .flatMap(library ->
            Stream.of(
                Arguments.of(library, "GET", "/v1/orders?a=b%20c&d=", "", List.of()),
                Arguments.of(library, "POST", "/v1/orders", "{\"note\":\"é\"}", List.of()),
                Arguments.of(library, "PUT", "/v1/orders/7?x", "{}", byParts)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void passes(String library, String method, String target, String body, List<String> components) {
    assertThat(
            send(library, FakeVerifier.SECRET, method, target, body, components)
                .get("status")
                .intValue())
        .isEqualTo(204);

    assertThat(backend.request().body()).isEqualTo(body);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isRefusedWithAnotherSecret(
      String library, String method, String target, String body, List<String> components) {
    JsonNode answer = send(library, FakeVerifier.SECRET + "0", method, target, body, components);

    assertThat(answer.get("status").intValue()).isEqualTo(401);
    assertThat(answer.get("body").stringValue()).contains("signature-mismatch");
    assertThat(backend.wasReached()).isFalse();
  }

  private JsonNode send(
      String library, String key, String method, String target, String body, List<String> covered) {
    Map<String, Object> request =
        body.isEmpty()
            ? Map.of("method", method, "url", backend.uri(target).toString(), "headers", Map.of())
            : Map.of(
                "method",
                method,
                "url",
                backend.uri(target).toString(),
                "headers",
                Map.of("content-type", "application/json"),
                "body",
                body);
    Map<String, Object> by =
        Map.of(
            "keyId",
            FakeVerifier.KEY,
            "algorithm",
            "hmac-sha256",
            "key",
            key,
            "created",
            Instant.now().getEpochSecond(),
            "nonce",
            "n");
    Map<String, Object> input =
        covered.isEmpty()
            ? Map.of("request", request, "by", by, "send", true)
            : Map.of("request", request, "by", by, "components", covered, "send", true);
    return JSON.readTree(ForeignClient.of(library).run(JSON.writeValueAsString(input)));
  }
}
