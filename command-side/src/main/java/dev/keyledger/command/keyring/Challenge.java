package dev.keyledger.command.keyring;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Operation;
import java.time.Instant;
import java.util.List;

/**
 * The one pending operation of an account, waiting for its codes.
 *
 * @param factors {@link #EMAIL}, or {@link #EMAIL} and {@link #TOTP}
 * @param issue number of the code that is valid now, from 1
 * @param rootKeyId names the root key that this code is derived from
 * @param expiresAt the first instant at which the code no longer works
 * @param resendAfter the first instant at which another code may be asked for
 */
public record Challenge(
    String challengeId,
    Operation operation,
    List<String> factors,
    int issue,
    String rootKeyId,
    Instant expiresAt,
    Instant resendAfter,
    int attemptsLeft) {

  public static final String EMAIL = "email";
  public static final String TOTP = "totp";

  static Challenge of(KeyRingEvent.ChallengeOpened opened) {
    return new Challenge(
        opened.challengeId(),
        opened.operation(),
        opened.factors(),
        opened.issue(),
        opened.rootKeyId(),
        opened.expiresAt(),
        opened.resendAfter(),
        opened.attemptsLeft());
  }

  Challenge with(KeyRingEvent.CodeReissued reissued) {
    return new Challenge(
        challengeId,
        operation,
        factors,
        reissued.issue(),
        reissued.rootKeyId(),
        reissued.expiresAt(),
        reissued.resendAfter(),
        attemptsLeft);
  }

  Challenge withAttemptsLeft(int left) {
    return new Challenge(
        challengeId, operation, factors, issue, rootKeyId, expiresAt, resendAfter, left);
  }

  boolean needsTotp() {
    return factors.contains(TOTP);
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
