package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Flux;

/** Counts the streams of this node, so that nobody can take all there may be. */
final class OpenStreams {
  static final int OF_ONE = 10;
  static final int OF_ALL = 1000;
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Map<String, Integer> byAccount = new HashMap<>();
  private int all;

  /**
   * Makes sure that another stream may be opened, as far as can be told before it is.
   *
   * @throws ProblemException {@code too-many-streams} if not
   */
  synchronized void check(String accountId) {
    if (all >= OF_ALL || byAccount.getOrDefault(accountId, 0) >= OF_ONE) {
      throw new ProblemException(ProblemType.TOO_MANY_STREAMS).retryAfter(RETRY);
    }
  }

  /**
   * The same stream, counted from when it begins until it ends. Of several that were asked for at
   * once, those that are too many by then fail before they send anything.
   */
  <T> Flux<T> counted(String accountId, Flux<T> stream) {
    return Flux.defer(() -> {
      enter(accountId);
      return stream.doFinally(_ -> leave(accountId));
    });
  }

  synchronized int size() {
    return all;
  }

  private synchronized void enter(String accountId) {
    check(accountId);
    all++;
    byAccount.merge(accountId, 1, Integer::sum);
  }

  private synchronized void leave(String accountId) {
    all--;
    byAccount.computeIfPresent(accountId, (_, open) -> open == 1 ? null : open - 1);
  }
}
