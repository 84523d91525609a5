package dev.keyledger.command.http;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves calls that anybody may make: a few at the same time, and refusals after the same time
 * whatever they are for, so that it tells nothing.
 */
final class OpenCalls {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Semaphore free;
  private final Duration refusedAfter;

  /**
   * @param most calls that are looked at at the same time
   * @param refusedAfter longer than looking at a call takes
   */
  OpenCalls(int most, Duration refusedAfter) {
    this.free = new Semaphore(most);
    this.refusedAfter = refusedAfter;
  }

  /**
   * What comes of a call; empty if it is to be refused.
   *
   * @throws ProblemException if too many others are being looked at
   */
  <T> Optional<T> serve(Supplier<Optional<T>> call) {
    long begun = System.nanoTime();
    if (!free.tryAcquire()) {
      throw new ProblemException(ProblemType.BUSY).retryAfter(TRY_AGAIN);
    }
    Optional<T> result;
    try {
      result = call.get();
    } finally {
      free.release();
    }
    if (result.isEmpty()) {
      waitUntil(begun + refusedAfter.toNanos());
    }
    return result;
  }

  private static void waitUntil(long nanoTime) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
