package dev.keyledger.e2e;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** What Google Authenticator does on a phone: TOTP, SHA-1, 6 digits, 30 s (RFC 6238). */
public final class Authenticator {
  private static final int STEP_SECONDS = 30;

  /** How long a code is good for at least: it has yet to be sent, and the machine may be busy. */
  private static final int GOOD_FOR_SECONDS = 10;

  private final HmacOneTimePasswordGenerator generator = new HmacOneTimePasswordGenerator(6);
  private final SecretKeySpec secret;
  private long lastStep;

  /**
   * Scans the secret.
   *
   * @param base32 as it stands in the {@code otpauth} URI
   */
  public Authenticator(String base32) {
    String padded = base32 + "=".repeat((8 - base32.length() % 8) % 8);
    this.secret = new SecretKeySpec(Base32.decode(padded), "HmacSHA1");
  }

  /**
   * A code that was not used before. A code works once, and the service takes the present one and
   * its neighbours, so that the fourth within a short time has to wait for its turn.
   */
  public String nextCode() {
    try {
      long step = Math.max(step(GOOD_FOR_SECONDS) - 1, lastStep + 1);
      while (step > step(0) + 1) {
        Thread.sleep(200);
      }
      lastStep = step;
      return generator.generateOneTimePasswordString(secret, step, Locale.ROOT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the next code.", e);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The last code was not accepted, and so is not used up. */
  public void giveBack() {
    lastStep--;
  }

  /** Whether {@link #nextCode} would have to wait. */
  public boolean mustWait() {
    return lastStep + 1 > step(0) + 1;
  }

  private static long step(int inSeconds) {
    return (Instant.now().getEpochSecond() + inSeconds) / STEP_SECONDS;
  }
}
