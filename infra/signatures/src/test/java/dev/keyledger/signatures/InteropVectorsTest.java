package dev.keyledger.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.signatures.ParsedSignature.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what other people's libraries signed; {@code infra/interop/vectors.mjs} wrote it down. */
class InteropVectorsTest {
  private static final String SECRET = "kl_sec_Xh8VCImisOa7raadEBAMMenbPDwf3BrId7SDFjsywXu1SQIhq";

  /** RFC 9421, appendix B.1.4. */
  private static final String PUBLIC_KEY =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";

  static Stream<Vector> vectors() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(InteropVectorsTest.class.getResourceAsStream("/interop.json"))) {
      return JsonMapper.builder()
          .build()
          .readValue(file, new TypeReference<List<Vector>>() {})
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theirSignatureFitsOurBase(Vector vector) throws Exception {
    SignedRequest request = vector.request();
    Signature signature = (Signature) SignedRequests.parse(request);

    assertThat(signature.alg()).isEqualTo(vector.algorithm());
    assertThat(fits(vector.algorithm(), signature)).isTrue();
    assertThat(ContentDigests.match(request)).isTrue();
  }

  @Test
  void thereAreTwoLibrariesAndTwoAlgorithms() throws Exception {
    assertThat(vectors().map(Vector::library).distinct()).hasSize(2);
    assertThat(vectors().map(Vector::algorithm).distinct()).hasSize(2);
  }

  private static boolean fits(String algorithm, Signature signature)
      throws GeneralSecurityException {
    if (algorithm.equals("hmac-sha256")) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return MessageDigest.isEqual(mac.doFinal(signature.base()), signature.signature());
    }
    java.security.Signature verification = java.security.Signature.getInstance("Ed25519");
    verification.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC_KEY))));
    verification.update(signature.base());
    return verification.verify(signature.signature());
  }

  record Vector(
      String library,
      String algorithm,
      String method,
      String target,
      Map<String, JsonNode> headers,
      @Nullable String body) {

    SignedRequest request() {
      Map<String, List<String>> lines = new LinkedHashMap<>();
      headers.forEach((name, value) ->
          lines.put(
              name,
              value.isArray()
                  ? value.valueStream().map(JsonNode::stringValue).toList()
                  : List.of(value.stringValue())));
      return new SignedRequest(
          method,
          URI.create(target),
          lines,
          body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
