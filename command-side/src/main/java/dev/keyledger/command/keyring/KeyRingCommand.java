package dev.keyledger.command.keyring;

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
   * @param expiresAt ISO 8601 instant, or null for never
   */
  record CreateKey(
      @TargetAggregateIdentifier String accountId,
      String label,
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps,
      @Nullable String algorithm,
      @Nullable String verificationKey,
      @Nullable String expiresAt)
      implements KeyRingCommand {}

  /** Ask for a key's permissions and trusted addresses to be replaced. */
  record EditPermissions(
      @TargetAggregateIdentifier String accountId,
      String publicApiKey,
      @Nullable List<String> permissions,
      @Nullable List<String> trustedIps)
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
}
