package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/** Counts the streams of this node, so that nobody can take all there may be. */
final class OpenStreams {
  static final int OF_ONE = 10;
  static final int OF_ALL = 1000;
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Map<String, Integer> byAccount = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  /**
   * Makes sure that another stream may be opened.
   *
   * @throws ProblemException {@code too-many-streams} if not
   */
  void check(String accountId) {
    if (all.get() >= OF_ALL || byAccount.getOrDefault(accountId, 0) >= OF_ONE) {
      throw new ProblemException(ProblemType.TOO_MANY_STREAMS).retryAfter(RETRY);
    }
  }

  /** The same stream, counted from when it begins until it ends. */
  <T> Flux<T> counted(String accountId, Flux<T> stream) {
    return Flux.defer(() -> {
      all.incrementAndGet();
      byAccount.merge(accountId, 1, Integer::sum);
      return stream.doFinally(_ -> {
        all.decrementAndGet();
        byAccount.computeIfPresent(accountId, (_, open) -> open == 1 ? null : open - 1);
      });
    });
  }

  int size() {
    return all.get();
  }
}
