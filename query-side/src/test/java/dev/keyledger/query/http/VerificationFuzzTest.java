package dev.keyledger.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.Events;
import dev.keyledger.query.TestKey;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

/** No body makes anything but an answer or a 400. */
@TestPropertySource(properties = QueryFace.MAX_WAIT + "=20s")
class VerificationFuzzTest extends VerificationTest {
  private static final int BODIES = 400;
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "-1",
          "1e999",
          "\u0000",
          "\u00e9",
          "(",
          ")",
          ";",
          "=",
          "sig1",
          "@method",
          "@query-param",
          "\\u0000",
          "\\ud800",
          "%",
          "//",
          "é",
          "created",
          "keyid",
          "nonce",
          ";bs",
          ";key=\\\"a\\\"",
          "99999999999999999999",
          "?1");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyBodyHasAnAnswer(long seed) {
    Random random = new Random(seed);
    TestKey key = random.nextBoolean() ? TestKey.hmac() : TestKey.ed25519();
    memory.apply(key.created(account));
    for (int n = 0; n < BODIES; n++) {
      byte[] body = mutated(random, body("trade", SOURCE, key.sign(Events.NOON, "n" + n)));
      int status =
          http.post()
              .uri("/v1/verifications")
              .headers(h -> h.setBearerAuth(PLATFORM.token("gateway", null, "keys:verify")))
              .contentType(MediaType.APPLICATION_JSON)
              .bodyValue(body)
              .exchange()
              .expectBody()
              .returnResult()
              .getStatus()
              .value();
      assertThat(status).as("seed %d, body %d", seed, n).isIn(200, 400);
    }
  }

  static byte[] mutated(Random random, String body) {
    StringBuilder text = new StringBuilder(body);
    for (int times = random.nextInt(1, 4); times > 0; times--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 9)));
        case 2 -> text.setCharAt(at, (char) random.nextInt(1, 0x250));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
      }
    }
    return text.toString().getBytes(UTF_8);
  }
}
