package dev.keyledger.command.store;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * When a follower that has read all events looks for more: a while after the look that found the
 * end at the earliest. Each look is a query, and each event that comes by itself is a transaction;
 * the first event after a silence is read at once. For one thread.
 *
 * <p>A look that found less than it asked for has not found the end if only numbers are missing;
 * where the last of those it asked for are, it can't tell, and takes that for the end.
 */
final class Gathering {
  private final long whileNanos;
  private final LongSupplier nanoTime;
  private final LongConsumer park;
  private long nextLook;

  /**
   * @param aWhile how long to gather
   * @param nanoTime as of {@link System#nanoTime}
   * @param park waits for as many nanoseconds, or less
   */
  Gathering(Duration aWhile, LongSupplier nanoTime, LongConsumer park) {
    this.whileNanos = aWhile.toNanos();
    this.nanoTime = nanoTime;
    this.park = park;
    this.nextLook = nanoTime.getAsLong();
  }

  /** Returns when it is time to look for events. */
  void await() {
    long left = nextLook - nanoTime.getAsLong();
    while (left > 0) {
      park.accept(left);
      left = nextLook - nanoTime.getAsLong();
    }
  }

  /**
   * Notes what a look has found.
   *
   * @param from the number behind which it began
   * @param to the last number that was found; {@code from} if none was
   * @param asked how many numbers were looked at
   */
  void looked(long from, long to, int asked) {
    if (to - from < asked) {
      nextLook = nanoTime.getAsLong() + whileNanos;
    }
  }
}
