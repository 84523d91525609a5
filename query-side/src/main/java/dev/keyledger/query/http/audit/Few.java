package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import reactor.core.publisher.Mono;

/** Looks after a few calls at the same time and refuses further ones: anybody may call. */
final class Few {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Semaphore free;

  Few(int atOnce) {
    this.free = new Semaphore(atOnce);
  }

  /** The same answer, if there is a place for it: else it fails with {@code busy}. */
  <T> Mono<T> of(Mono<T> answer) {
    // The place is free again before the answer goes out, so that its reader may ask on at once.
    return Mono.using(this::enter, _ -> answer, Semaphore::release);
  }

  private Semaphore enter() {
    if (!free.tryAcquire()) {
      throw new ProblemException(ProblemType.BUSY).retryAfter(RETRY);
    }
    return free;
  }
}
