package dev.keyledger.command.crypto;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.keyledger.command.keyring.Tools.Codes;
import dev.keyledger.crypto.Purpose;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.crypto.SecretText;
import java.security.InvalidKeyException;
import java.security.Key;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * Codes and seeds out of root keys, so that they can be made again and need not be kept. The
 * e-mailed code is HOTP (RFC 4226) over the issue number, with a key of the challenge's own; the
 * authenticator's code is TOTP (RFC 6238) with SHA-1, 6 digits and 30 s.
 */
public final class DerivedCodes implements Codes {
  private static final int EMAIL_KEY_BYTES = 32;
  private static final int TOTP_KEY_BYTES = 20;
  private static final int TOTP_STEP_SECONDS = 30;

  private final RootKeys rootKeys;
  private final HmacOneTimePasswordGenerator emailCodes;
  private final HmacOneTimePasswordGenerator totps = new HmacOneTimePasswordGenerator(6);

  /**
   * @param codeLength digits of an e-mailed code, 6 to 8
   */
  public DerivedCodes(RootKeys rootKeys, int codeLength) {
    this.rootKeys = rootKeys;
    this.emailCodes = new HmacOneTimePasswordGenerator(codeLength);
  }

  @Override
  public String currentRootKeyId() {
    return rootKeys.current();
  }

  @Override
  public SecretText emailCode(String rootKeyId, String challengeId, int issue) {
    byte[] key = rootKeys.derive(rootKeyId, Purpose.EMAIL_CODE, EMAIL_KEY_BYTES, challengeId);
    return oneTimePassword(emailCodes, new SecretKeySpec(key, "HmacSHA1"), issue);
  }

  @Override
  public SecretText totpSecret(String rootKeyId, String accountId, String enrolmentId) {
    byte[] key =
        rootKeys.derive(rootKeyId, Purpose.TOTP_SECRET, TOTP_KEY_BYTES, accountId, enrolmentId);
    return SecretText.of(Base32.toBase32String(key));
  }

  @Override
  public OptionalLong matchingStep(SecretText totpSecret, SecretText code, Instant now) {
    Key key = new SecretKeySpec(Base32.decode(totpSecret.reveal()), "HmacSHA1");
    long present = Math.floorDiv(now.getEpochSecond(), TOTP_STEP_SECONDS);
    OptionalLong match = OptionalLong.empty();
    for (long step = present - 1; step <= present + 1; step++) {
      if (oneTimePassword(totps, key, step).matches(code)) {
        match = OptionalLong.of(step);
      }
    }
    return match;
  }

  private static SecretText oneTimePassword(
      HmacOneTimePasswordGenerator generator, Key key, long counter) {
    try {
      return SecretText.of(generator.generateOneTimePasswordString(key, counter, Locale.ROOT));
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("An HMAC takes any key of these lengths.", impossible);
    }
  }
}
