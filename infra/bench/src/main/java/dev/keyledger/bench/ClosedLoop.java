package dev.keyledger.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A fixed number of callers, each of whom calls again as soon as the answer is there. */
final class ClosedLoop {
  private static final int MOST_CALLS = 10_000_000;

  private ClosedLoop() {}

  /**
   * Runs one round.
   *
   * @param warmUp what goes before and is not counted
   * @throws Exception what the first caller to fail threw
   */
  static Round run(int callers, Duration warmUp, Duration time, Caller.Source source)
      throws Exception {
    CountDownLatch ready = new CountDownLatch(callers);
    AtomicBoolean failed = new AtomicBoolean();
    // One for all callers: those in the service, with a heap as small as it has, are many.
    Histogram nanos = new ConcurrentHistogram(Round.histogram());
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int number = i;
        results.add(
            threads.submit(() -> {
              try (Caller caller = source.open(number)) {
                ready.countDown();
                ready.await();
                loop(caller, warmUp, time, failed, nanos);
                return null;
              } catch (Exception e) {
                failed.set(true);
                throw e;
              } finally {
                ready.countDown(); // nobody waits for one who failed
              }
            }));
      }
      for (Future<?> result : results) {
        await(result);
      }
    }
    return Round.of(nanos, time);
  }

  private static void loop(
      Caller caller, Duration warmUp, Duration time, AtomicBoolean failed, Histogram nanos)
      throws Exception {
    long from = System.nanoTime() + warmUp.toNanos();
    long until = from + time.toNanos();
    for (int calls = 0; calls < MOST_CALLS && !failed.get(); calls++) {
      long began = System.nanoTime();
      caller.call();
      long ended = System.nanoTime();
      if (ended > until) {
        break;
      }
      if (ended >= from) {
        nanos.recordValue(ended - began);
      }
    }
  }

  private static void await(Future<?> result) throws Exception {
    try {
      result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
