package dev.keyledger.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log once that Keyledger can't be asked, however many requests that stops, and once that
 * it can again. It can where it answers and no question went wrong for a moment, so that a
 * Keyledger that answers every other question does not fill the log either.
 */
final class OutageLog {
  static final Duration CALM = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(KeyledgerFilter.class);

  private final LongSupplier nanoTime;
  private volatile boolean away;
  private volatile long failedAt;

  /**
   * @param nanoTime what {@link System#nanoTime} gives
   */
  OutageLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A question had no answer that counts. */
  synchronized void failed(Throwable why) {
    failedAt = nanoTime.getAsLong();
    if (!away) {
      away = true;
      LOG.warn("Requests are not let through until Keyledger answers again: {}", why.getMessage());
    }
  }

  /** A question was answered. */
  void answered() {
    if (away) {
      recover();
    }
  }

  private synchronized void recover() {
    if (away && nanoTime.getAsLong() - failedAt >= CALM.toNanos()) {
      away = false;
      LOG.info("Keyledger answers again");
    }
  }
}
