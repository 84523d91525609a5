package dev.keyledger.command.keyring;

import dev.keyledger.crypto.SecretText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a command. Refusals are outcomes too; only faults are exceptions. */
public sealed interface Outcome {

  /**
   * An enrolment waits for its confirmation.
   *
   * @param secret the TOTP secret, 160 bits in Base32 without padding (RFC 4648 section 6)
   */
  record EnrolmentStarted(SecretText secret) implements Outcome {}

  /** The second factor is on. */
  record TwoFactorConfirmed() implements Outcome {}

  /** A challenge waits for its codes, or was given another code. */
  record ChallengeWaits(Challenge challenge) implements Outcome {}

  /** The challenge was given up. */
  record ChallengeCancelled() implements Outcome {}

  /**
   * A key exists.
   *
   * @param secret shown in this one answer and never again; null if the caller brought the key
   */
  record KeyMade(ApiKey key, @Nullable SecretText secret) implements Outcome {}

  /** A key's permissions and trusted addresses were replaced. */
  record PermissionsReplaced(ApiKey key) implements Outcome {}

  /** A key does not work now, or did not before either. */
  record KeyStopped(ApiKey key) implements Outcome {}

  /** A disabled key works again. */
  record KeyResumed(ApiKey key) implements Outcome {}

  /**
   * A new key took an old one's place.
   *
   * @param secret of the new key, shown in this one answer and never again; null if the caller
   *     brought the key
   * @param oldPublicApiKey the key that was replaced
   * @param graceEndsAt the first instant at which the old key no longer works
   */
  record KeyReplaced(
      ApiKey key, @Nullable SecretText secret, String oldPublicApiKey, Instant graceEndsAt)
      implements Outcome {}

  /** Keys are gone, oldest first. */
  record KeysDeleted(List<String> publicApiKeys) implements Outcome {}

  /** The second factor is off. */
  record TwoFactorSwitchedOff() implements Outcome {}

  /**
   * The support switched the second factor off.
   *
   * @param disabled the keys that worked until then, oldest first
   */
  record TwoFactorGone(List<String> disabled) implements Outcome {}

  /** Nothing identifies the person any more, or nothing did before either. */
  record PersonForgotten() implements Outcome {}

  /** What was due happened. */
  record StepTaken() implements Outcome {}

  /** There was nothing to do: it happened before, is not due, or no longer makes sense. */
  record NothingDue() implements Outcome {}

  /** The command was refused. */
  record Refused(Refusal refusal) implements Outcome {}
}
