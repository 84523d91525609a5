package dev.keyledger.query.verification;

import dev.keyledger.query.memory.KeyId;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Lets each nonce be used once per key, for as long as a signature with it could be accepted. */
@FunctionalInterface
public interface ReplayGuard {

  /** What became of a nonce. */
  enum Use {
    FRESH,
    REUSED,
    /** No more can be remembered, so it was not used. */
    FULL
  }

  /**
   * Uses a nonce up.
   *
   * @param created when the signature was made
   * @return fails if it can't be told
   */
  Mono<Use> use(KeyId key, String nonce, Instant created);

  /** Clears away what is not needed any more, where that does not happen by itself. */
  default Mono<Void> sweep() {
    return Mono.empty();
  }

  /** Accepts every nonce any number of times. */
  static ReplayGuard off() {
    Mono<Use> fresh = Mono.just(Use.FRESH);
    return (_, _, _) -> fresh;
  }
}
