package dev.keyledger.command.keyring;

import dev.keyledger.crypto.SecretText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the key ring needs from outside, so that it can decide without I/O. */
public record Tools(
    Rules rules, InstantSource clock, Identifiers identifiers, Codes codes, KeyMaker keyMaker) {

  /** Makes identifiers, and knows its own again. */
  public interface Identifiers {
    String newEnrolmentId();

    /** An identifier that {@link #isChallengeOf} recognises for this account and no other. */
    String newChallengeId(String accountId);

    /** Whether the identifier was once made for a challenge of this account. */
    boolean isChallengeOf(String accountId, String challengeId);
  }

  /** Derives codes and seeds from root keys. Nothing of it is ever stored. */
  public interface Codes {
    /** Names the root key for what is issued now. */
    String currentRootKeyId();

    /** The code of one issue of one challenge. */
    SecretText emailCode(String rootKeyId, String challengeId, int issue);

    /** The TOTP secret of an enrolment, in Base32. */
    SecretText totpSecret(String rootKeyId, String accountId, String enrolmentId);

    /**
     * The time step (Unix seconds / 30) for which the code is right: the present one or its
     * neighbour on either side (RFC 6238 section 5.2); empty if it is wrong.
     */
    OptionalLong matchingStep(SecretText totpSecret, SecretText code, Instant now);
  }

  /** Makes API keys. */
  public interface KeyMaker {
    /**
     * Makes a key.
     *
     * @param verificationKey the caller's own public key, which is usable; null to make a pair, and
     *     for {@code hmac-sha256}
     */
    NewKey make(Algorithm algorithm, @Nullable String verificationKey);

    /** Whether this is the Base64 of a usable Ed25519 public key (RFC 8032 section 5.1.7). */
    boolean isVerificationKey(String base64);
  }

  /**
   * A key that was just made.
   *
   * @param verificationKey raw Ed25519 public key in Base64; null for {@code hmac-sha256}
   * @param secretRootKeyId names the root key of a derived secret; null if it is not derived
   * @param secret to be shown once; null if the caller brought the key
   */
  public record NewKey(
      String publicApiKey,
      @Nullable String verificationKey,
      @Nullable String secretRootKeyId,
      @Nullable SecretText secret) {}
}
