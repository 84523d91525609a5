package dev.keyledger.replay;

import java.time.Instant;
import java.util.List;

/**
 * The event that says that a challenge's codes were right.
 *
 * @param factors that were checked: {@code email}, or {@code email} and {@code totp}
 * @param logIndex of that event
 * @param position of that event
 * @param at when the codes were entered
 */
public record Approval(
    String challengeId, List<String> factors, long logIndex, long position, Instant at) {
  public Approval {
    factors = Recurring.COMMON.list(factors);
  }
}
