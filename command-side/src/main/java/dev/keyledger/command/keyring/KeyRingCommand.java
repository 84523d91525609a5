package dev.keyledger.command.keyring;

import dev.keyledger.crypto.SecretText;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of a key ring, in the order in which a user gets to it. Values are
 * as the caller sent them; the key ring checks them.
 */
public sealed interface KeyRingCommand {

  /** The account whose key ring is meant. */
  String accountId();

  /** Start an enrolment, or start it afresh. */
  record EnableTwoFactor(@TargetAggregateIdentifier String accountId) implements KeyRingCommand {}

  /** Prove that the authenticator holds the secret. */
  record ConfirmTwoFactor(@TargetAggregateIdentifier String accountId, SecretText totp)
      implements KeyRingCommand {}

  /** Ask for the second factor to be switched off. */
  record DisableTwoFactor(@TargetAggregateIdentifier String accountId) implements KeyRingCommand {}

  /**
   * Ask for a key.
   *
   * @param permissions null or empty for {@code read} alone
   * @param trustedIps null or empty for every address
   * @param algorithm null for {@code ed25519}
   * @param verificationKey the caller's own raw Ed25519 public key in Base64, or null
   * @param rateLimit null for no limit
   * @param expiresAt ISO 8601 instant, or null for never
   */
  record CreateKey(
      @TargetAggregateIdentifier String accountId,
      String label,
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps,
      @Nullable String algorithm,
      @Nullable String verificationKey,
      @Nullable WantedRateLimit rateLimit,
      @Nullable String expiresAt)
      implements KeyRingCommand {}

  /**
   * Ask for a key's permissions and trusted addresses to be replaced, and for what else of it is
   * named.
   *
   * @param permissions null or empty for {@code read} alone
   * @param trustedIps null or empty for every address
   * @param rateLimit to nothing for no limit
   * @param expiresAt to an ISO 8601 instant, to nothing for never
   */
  record EditPermissions(
      @TargetAggregateIdentifier String accountId,
      String publicApiKey,
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps,
      Change<WantedRateLimit> rateLimit,
      Change<String> expiresAt)
      implements KeyRingCommand {}

  /** Stop a key from working, at once and without a code. */
  record DisableKey(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /** Ask for a disabled key to work again. */
  record EnableKey(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /**
   * Ask for a new key in the place of one.
   *
   * @param grace how long the old key goes on working, ISO 8601; null for an hour
   * @param verificationKey the caller's own raw Ed25519 public key in Base64 for the new key, or
   *     null
   */
  record RotateKey(
      @TargetAggregateIdentifier String accountId,
      String publicApiKey,
      @Nullable String grace,
      @Nullable String verificationKey)
      implements KeyRingCommand {}

  /** Ask for one key to be deleted. */
  record DeleteKey(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /** Ask for every key to be deleted. */
  record DeleteAll(@TargetAggregateIdentifier String accountId) implements KeyRingCommand {}

  /** Send another code for the open challenge. */
  record SendCode(@TargetAggregateIdentifier String accountId, String challengeId)
      implements KeyRingCommand {}

  /**
   * Enter the codes of the open challenge.
   *
   * @param totp null if the caller sent none
   */
  record VerifyCode(
      @TargetAggregateIdentifier String accountId,
      String challengeId,
      SecretText emailCode,
      @Nullable SecretText totp)
      implements KeyRingCommand {}

  /** Give the open challenge up. */
  record CancelChallenge(@TargetAggregateIdentifier String accountId, String challengeId)
      implements KeyRingCommand {}

  // ---- what others bring about ---------------------------------------------------------------

  /** Stop a key from working, since somebody else proved to hold its secret. */
  record DisableLeakedKey(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /**
   * Switch the second factor off for an account that lost it, and disable its keys.
   *
   * @param supporter the {@code sub} of the supporter's token
   * @param reason what the supporter gives as the reason
   */
  record ResetTwoFactor(
      @TargetAggregateIdentifier String accountId, String supporter, String reason)
      implements KeyRingCommand {}

  /**
   * Erase what identifies the person behind the account.
   *
   * @param supporter the {@code sub} of the supporter's token
   */
  record ErasePerson(@TargetAggregateIdentifier String accountId, String supporter)
      implements KeyRingCommand {}

  // ---- what time brings about: each does nothing where it is not due -------------------------

  /** Tell that a key will end soon. */
  record WarnOfExpiry(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /** Tell that a key has ended. */
  record ExpireKey(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /** Delete a key that was replaced and whose grace is over. */
  record EndGrace(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}

  /** Cut a key back to reading that was open to every address for too long. */
  record LapseOpenKey(@TargetAggregateIdentifier String accountId, String publicApiKey)
      implements KeyRingCommand {}
}
