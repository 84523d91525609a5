package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.Tools.Codes;
import dev.keyledger.crypto.SecretText;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Codes that say what they are for, so that a test can name the right one and every wrong one. */
final class FakeCodes implements Codes {
  static final String ROOT_KEY = "root-1";

  @Override
  public String currentRootKeyId() {
    return ROOT_KEY;
  }

  @Override
  public SecretText emailCode(String rootKeyId, String challengeId, int issue) {
    return SecretText.of(rootKeyId + " for " + challengeId + ", issue " + issue);
  }

  @Override
  public SecretText totpSecret(String rootKeyId, String accountId, String enrolmentId) {
    return SecretText.of(rootKeyId + " for " + accountId + ", " + enrolmentId);
  }

  @Override
  public OptionalLong matchingStep(SecretText totpSecret, SecretText code, Instant now) {
    return LongStream.rangeClosed(stepOf(now) - 1, stepOf(now) + 1)
        .filter(step -> totp(totpSecret, step).matches(code))
        .findFirst();
  }

  static SecretText totp(SecretText totpSecret, long step) {
    return SecretText.of(totpSecret.reveal() + ", step " + step);
  }

  static long stepOf(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), 30);
  }
}
