package dev.keyledger.command.keyring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a deployment may set.
 *
 * @param twoFactorPolicy whether accounts without a second factor may have keys
 * @param withdrawRequiresTrustedIps refuse {@code withdraw} on keys that every address may use
 * @param maxKeys live keys that one account may have, and as many again that are being replaced
 * @param openIpLapse how long a key may trade or withdraw from every address; null for ever
 * @param codeLifetime how long a code works
 * @param resendCooldown least time between two codes to one account
 * @param maxAttempts wrong attempts that wear a challenge out
 * @param lockAfter wrong attempts in a row that lock the account
 * @param lockFor how long a lock lasts
 */
public record Rules(
    TwoFactorPolicy twoFactorPolicy,
    boolean withdrawRequiresTrustedIps,
    int maxKeys,
    @Nullable Duration openIpLapse,
    Duration codeLifetime,
    Duration resendCooldown,
    int maxAttempts,
    int lockAfter,
    Duration lockFor) {

  /** Whether an account needs a second factor to have keys. */
  public enum TwoFactorPolicy {
    /** No keys without it. */
    REQUIRED,
    /** It is asked for where the account has it; the e-mailed code alone is enough elsewhere. */
    IF_ENROLLED
  }
}
