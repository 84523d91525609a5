package dev.keyledger.command.keyring;

import java.time.Duration;

/** Why a command was refused. */
public sealed interface Refusal {

  /** Refusals that say all there is to say by their name. */
  enum Rule implements Refusal {
    TWO_FACTOR_ALREADY_ENABLED,
    TWO_FACTOR_REQUIRED,
    NO_ENROLMENT,
    /** A wrong TOTP at the confirmation of an enrolment. */
    WRONG_TOTP,
    KEYS_EXIST,
    UNKNOWN_KEY,
    /** The key was replaced and only waits for the end of its grace. */
    KEY_RETIRING,
    KEY_EXPIRED,
    KEY_NOT_DISABLED,
    INVALID_LABEL,
    LABEL_TAKEN,
    INVALID_PERMISSIONS,
    INVALID_IP,
    INVALID_RATE_LIMIT,
    TRUSTED_IPS_REQUIRED,
    KEY_LIMIT_REACHED,
    INVALID_ALGORITHM,
    INVALID_VERIFICATION_KEY,
    INVALID_EXPIRY,
    INVALID_GRACE,
    INVALID_REASON,
    UNKNOWN_CHALLENGE,
    CHALLENGE_CLOSED,
    CHALLENGE_EXPIRED,
    TOTP_REQUIRED
  }

  /** One of the codes of a challenge was wrong; nothing tells which. */
  record WrongCode(int attemptsLeft) implements Refusal {}

  /**
   * A code was sent a short while ago.
   *
   * @param retryAfter time until the next one may be asked for
   */
  record CodeCooldown(Duration retryAfter) implements Refusal {}

  /**
   * Too many wrong codes in a row.
   *
   * @param retryAfter time until codes are looked at again
   */
  record AccountLocked(Duration retryAfter) implements Refusal {}
}
