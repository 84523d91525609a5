package dev.keyledger.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Operations that are due at a fixed rate, whether the earlier ones are done or not, as users come
 * who know nothing of each other. Its callers share one {@link ClosedLoop}: each takes the next due
 * time and waits for it.
 */
final class OpenLoop {
  private final long intervalNanos;
  private final long began = System.nanoTime();
  private final AtomicLong taken = new AtomicLong();

  OpenLoop(double perSecond) {
    intervalNanos = Math.round(Duration.ofSeconds(1).toNanos() / perSecond);
  }

  /** Waits for the next due time and returns its number; late callers don't wait. */
  long awaitNext() {
    long number = taken.getAndIncrement();
    long due = dueAt(number);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return number;
  }

  /** When an operation was due, as {@link System#nanoTime} tells it. */
  long dueAt(long number) {
    return began + number * intervalNanos;
  }
}
