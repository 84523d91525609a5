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
    Histogram all = Round.histogram();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<Histogram>> results = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int number = i;
        results.add(
            threads.submit(() -> {
              try (Caller caller = source.open(number)) {
                ready.countDown();
                ready.await();
                return loop(caller, warmUp, time, failed);
              } catch (Exception e) {
                failed.set(true);
                throw e;
              } finally {
                ready.countDown(); // nobody waits for one who failed
              }
            }));
      }
      for (Future<Histogram> result : results) {
        all.add(get(result));
      }
    }
    return Round.of(all, time);
  }

  private static Histogram loop(Caller caller, Duration warmUp, Duration time, AtomicBoolean failed)
      throws Exception {
    Histogram nanos = Round.histogram();
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
    return nanos;
  }

  private static Histogram get(Future<Histogram> result) throws Exception {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
