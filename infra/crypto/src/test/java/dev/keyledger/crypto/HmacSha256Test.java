package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** HMAC-SHA-256 with a text as its key. */
class HmacSha256Test {
  private static final SecretText KEY = SecretText.of("Jefe");
  private static final byte[] MESSAGE =
      "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

  /** RFC 4231 section 4.3. */
  private static final byte[] CODE =
      Keys.HEX.parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

  @Test
  void agreesWithTheVector() {
    assertThat(HmacSha256.sign(KEY, MESSAGE)).isEqualTo(CODE);
    assertThat(HmacSha256.verify(KEY, MESSAGE, CODE)).isTrue();
  }

  @Test
  void refusesAnythingElse() {
    byte[] altered = CODE.clone();
    altered[31] ^= 1;

    assertThat(HmacSha256.verify(KEY, MESSAGE, altered)).isFalse();
    assertThat(HmacSha256.verify(KEY, MESSAGE, Arrays.copyOf(CODE, 31))).isFalse();
    assertThat(HmacSha256.verify(KEY, MESSAGE, Arrays.copyOf(CODE, 33))).isFalse();
    assertThat(HmacSha256.verify(KEY, MESSAGE, new byte[0])).isFalse();
    assertThat(HmacSha256.verify(SecretText.of("Jeff"), MESSAGE, CODE)).isFalse();
  }
}
