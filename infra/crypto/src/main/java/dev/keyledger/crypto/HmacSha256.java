package dev.keyledger.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The algorithm {@code hmac-sha256} (RFC 9421, section 3.3.3), by the JDK, which is the fastest of
 * the providers at it. The key is the API secret as its holder was shown it: the US-ASCII bytes of
 * the whole text.
 */
public final class HmacSha256 {
  private static final String ALGORITHM = "HmacSHA256";

  private HmacSha256() {}

  /** The 32 bytes of the code over a message. */
  public static byte[] sign(SecretText secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.US_ASCII), ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK has HMAC-SHA-256.", impossible);
    }
  }

  /** Whether the signature is the code over the message, compared in constant time. */
  public static boolean verify(SecretText secret, byte[] message, byte[] signature) {
    return MessageDigest.isEqual(sign(secret, message), signature);
  }
}
