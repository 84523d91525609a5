package dev.keyledger.query.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyledger.query.memory.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/**
 * Remembers nonces in this node's memory: exact on this node and for as long as it runs. When it is
 * full it takes no more, rather than forget one that could come again.
 */
final class LocalReplayGuard implements ReplayGuard {
  private static final Mono<Use> FRESH = Mono.just(Use.FRESH);
  private static final Mono<Use> REUSED = Mono.just(Use.REUSED);
  private static final Mono<Use> FULL = Mono.just(Use.FULL);

  private final Cache<NonceId, Boolean> used;
  private final long most;

  /**
   * @param lifetime from the earliest to the latest moment at which one signature is accepted
   * @param clock the one that signatures' ages are told by, so that no step of it opens a gap
   * @param most how many nonces are remembered at a time
   */
  LocalReplayGuard(Duration lifetime, InstantSource clock, long most) {
    this.used =
        Caffeine.newBuilder()
            .expireAfterWrite(lifetime.plusSeconds(1))
            .ticker(() -> nanos(clock.instant()))
            .build();
    this.most = most;
  }

  @Override
  public Mono<Use> use(KeyId key, String nonce, Instant created) {
    if (used.estimatedSize() >= most) {
      used.cleanUp();
      if (used.estimatedSize() >= most) {
        return FULL;
      }
    }
    return used.asMap().putIfAbsent(NonceId.of(key, nonce), true) == null ? FRESH : REUSED;
  }

  /** How many nonces are remembered. */
  long size() {
    return used.estimatedSize();
  }

  private static long nanos(Instant now) {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
