package dev.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyledger.signatures.ForeignClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Other people's verifiers take what the client signs, where there is node. */
class ForeignVerifiersIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";
  private static final String SECRET = "kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq";

  /** RFC 9421, appendix B.1.4. */
  private static final String PUBLIC_PEM =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
      -----END PUBLIC KEY-----
      """;

  private final HttpRequest order =
      HttpRequest.newBuilder(URI.create("https://api.example.com/v1/orders?a=b%20c"))
          .POST(BodyPublishers.ofString("{\"symbol\":\"BTC\"}"))
          .build();

  @BeforeAll
  static void needsNode() {
    assumeTrue(ForeignClient.isAvailable(), "no node here, or no libraries for it");
  }

  static Stream<Arguments> verifiers() {
    return ForeignClient.LIBRARIES.stream()
        .flatMap(library ->
            Stream.of(
                Arguments.of(library, "ed25519", PUBLIC_PEM),
                Arguments.of(library, "hmac-sha256", SECRET)));
  }

  @ParameterizedTest
  @MethodSource("verifiers")
  void takeWhatIsRightAndNothingElse(String library, String algorithm, String key) {
    HttpRequest signed = signer(algorithm).sign(order);

    assertThat(isRight(library, algorithm, key, signed, UnaryOperator.identity())).isTrue();
    assertThat(isRight(library, algorithm, key, signed, uri -> uri + "1")).isFalse();
  }

  private static KeyledgerSigner signer(String algorithm) {
    return algorithm.equals("ed25519")
        ? KeyledgerSigner.ed25519(KEY, SigningKeyTest.PEM)
        : KeyledgerSigner.hmacSha256(KEY, SECRET);
  }

  private static boolean isRight(
      String library,
      String algorithm,
      String key,
      HttpRequest signed,
      UnaryOperator<String> alteration) {
    Map<String, String> headers =
        signed.headers().map().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().getFirst()));
    Map<String, Object> request =
        Map.of(
            "method", signed.method(),
            "url", alteration.apply(signed.uri().toString()),
            "headers", headers);
    Map<String, Object> by = Map.of("keyId", KEY, "algorithm", algorithm, "key", key);
    String answer =
        ForeignClient.of(library)
            .run(JSON.writeValueAsString(Map.of("request", request, "by", by, "verify", true)));
    return JSON.readTree(answer).get("right").booleanValue();
  }
}
