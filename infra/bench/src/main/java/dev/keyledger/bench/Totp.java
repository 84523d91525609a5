package dev.keyledger.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The authenticator app of our accounts (RFC 6238, section 4: SHA-1, 6 digits, 30 s). */
final class Totp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  private Totp() {}

  /**
   * The code for a moment.
   *
   * @param secret in Base32 (RFC 4648, section 6), without padding
   */
  static String code(String secret, Instant moment) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decode(secret), "HmacSHA1"));
      long step = moment.getEpochSecond() / STEP_SECONDS;
      ByteBuffer digest =
          ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
      int truncated = digest.getInt(digest.get(digest.limit() - 1) & 15) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", truncated % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int bits = 0;
    int value = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      value = (value << 5) | BASE32.indexOf(text.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (value >> bits);
      }
    }
    return bytes;
  }
}
