package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Looks after a few calls at the same time and refuses further ones: anybody may call. Where
 * callers are told apart, none of them can take all places.
 */
final class Few {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final String ANYBODY = "";

  private final int atOnce;
  private final int ofOne;
  private final Map<String, Integer> inside = new HashMap<>();
  private int all;

  Few(int atOnce) {
    this(atOnce, atOnce);
  }

  /**
   * @param ofOne how many of them one caller may take
   */
  Few(int atOnce, int ofOne) {
    this.atOnce = atOnce;
    this.ofOne = ofOne;
  }

  /** The same answer, if there is a place for it: else it fails with {@code busy}. */
  <T> Mono<T> of(Mono<T> answer) {
    return of(ANYBODY, answer);
  }

  /** The same for a caller. */
  <T> Mono<T> of(String caller, Mono<T> answer) {
    // The place is free again before the answer goes out, so that its reader may ask on at once.
    return Mono.using(() -> enter(caller), _ -> answer, this::leave);
  }

  private synchronized String enter(String caller) {
    if (all >= atOnce || inside.getOrDefault(caller, 0) >= ofOne) {
      throw new ProblemException(ProblemType.BUSY).retryAfter(RETRY);
    }
    all++;
    inside.merge(caller, 1, Integer::sum);
    return caller;
  }

  private synchronized void leave(String caller) {
    all--;
    inside.computeIfPresent(caller, (_, places) -> places == 1 ? null : places - 1);
  }
}
