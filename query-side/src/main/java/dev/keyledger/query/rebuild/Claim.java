package dev.keyledger.query.rebuild;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this node is to go on with a rebuild: it began it or took it, or whoever did is dead.
 * Every sign of life is a new version of the record; a builder whose record stands still is dead,
 * whatever the clocks say.
 */
final class Claim {
  /** How long a living builder never takes from one sign to the next, outages aside. */
  static final Duration DEAD_AFTER = Duration.ofSeconds(10);

  private final String node;
  private final LongSupplier nanoTime;
  private long seenVersion = -1;
  private long seenAt;

  /**
   * @param node names this node; one that comes back under its name goes on at once
   */
  Claim(String node, LongSupplier nanoTime) {
    this.node = node;
    this.nanoTime = nanoTime;
  }

  /** Whether the rebuild is this node's already. */
  boolean holds(Rebuild seen) {
    return seen.running() && seen.builder().equals(node);
  }

  /** Whether it is to be taken, since its builder gave no sign for too long. */
  boolean mayTake(Rebuild seen) {
    long now = nanoTime.getAsLong();
    if (seen.version() != seenVersion) {
      seenVersion = seen.version();
      seenAt = now;
    }
    return seen.running() && now - seenAt >= DEAD_AFTER.toNanos();
  }
}
