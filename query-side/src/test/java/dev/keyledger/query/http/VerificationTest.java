package dev.keyledger.query.http;

import static dev.keyledger.query.Events.NOON;

import dev.keyledger.query.TestBody;
import dev.keyledger.query.TestKey;
import dev.keyledger.signatures.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A test that asks as a gateway. The service's clock stands at noon. */
abstract class VerificationTest extends ViewTest {
  static final String SOURCE = "203.0.113.7";

  @BeforeEach
  void hearFromTheTopic() {
    memory.caughtUp();
  }

  /** Asks whether a request may trade. */
  ResponseSpec verify(SignedRequest request, String... headers) {
    return verify("trade", SOURCE, request, headers);
  }

  ResponseSpec verify(
      String permission, String sourceIp, SignedRequest request, String... headers) {
    return post(body(permission, sourceIp, request), headers);
  }

  ResponseSpec post(String body, String... headers) {
    return http.post()
        .uri("/v1/verifications")
        .headers(h -> {
          h.setBearerAuth(PLATFORM.token("gateway", null, "keys:verify"));
          for (int i = 0; i < headers.length; i += 2) {
            h.add(headers[i], headers[i + 1]);
          }
        })
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body.getBytes(StandardCharsets.UTF_8))
        .exchange();
  }

  void valid(ResponseSpec answer) {
    answer.expectStatus().isOk().expectBody().jsonPath("$.valid").isEqualTo(true);
  }

  /** Refused for this reason, with the position that it is told at. */
  void refused(ResponseSpec answer, String reason, long position) {
    answer
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Keyledger-Position", position)
        .expectBody()
        .json(
            "{\"valid\": false, \"reason\": \"%s\", \"position\": %d}".formatted(reason, position));
  }

  /** Refused for this reason, and nothing is told of the key. */
  void refusedToAStranger(ResponseSpec answer, String reason) {
    answer
        .expectStatus()
        .isOk()
        .expectHeader()
        .doesNotExist("Keyledger-Position")
        .expectBody()
        .json("{\"valid\": false, \"reason\": \"%s\"}".formatted(reason), JsonCompareMode.STRICT);
  }

  /** A request that this key signed at noon. */
  static SignedRequest signed(TestKey key, String nonce) {
    return key.sign(NOON, nonce);
  }

  /** A request that this key signed at noon with these parameters more. */
  static SignedRequest signedWith(TestKey key, String parameters) {
    return signedAt(key, NOON, parameters);
  }

  static SignedRequest signedAt(TestKey key, Instant created, String parameters) {
    return key.signer()
        .sign(
            TestKey.get(),
            "(\"@method\" \"@target-uri\");created=%d;keyid=\"%s\"%s"
                .formatted(created.getEpochSecond(), key.publicApiKey(), parameters));
  }

  static String body(String permission, String sourceIp, SignedRequest request) {
    return TestBody.of(permission, sourceIp, request);
  }
}
