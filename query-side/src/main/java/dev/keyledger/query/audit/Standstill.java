package dev.keyledger.query.audit;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices that the log goes no further here although a checkpoint proves that it does: an event in
 * between never comes. Only while checkpoints can be read, so that a broker that is away is none.
 */
final class Standstill {
  static final Duration TOO_LONG = Duration.ofMinutes(1);
  private static final Duration IN_A_ROW = Duration.ofSeconds(10);

  private long size = -1;
  private Instant since = Instant.MIN;
  private Instant last = Instant.MIN;

  /**
   * A checkpoint was read that is ahead of the tree.
   *
   * @param treeSize that the tree has
   * @return whether the tree has stood still for too long
   */
  boolean ahead(long treeSize, Instant now) {
    if (treeSize != size || last.isBefore(now.minus(IN_A_ROW))) {
      size = treeSize;
      since = now;
    }
    last = now;
    return !since.plus(TOO_LONG).isAfter(now);
  }
}
