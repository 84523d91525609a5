package dev.keyledger.query.verification;

import dev.keyledger.query.verification.VerificationSettings.Guard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks around for other nodes, since a replay guard in the memory of one of several lets a nonce
 * pass once for each of them; and lets the guard tidy up meanwhile.
 */
final class Neighbours implements SmartLifecycle {
  static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration AT_SHUTDOWN = Duration.ofSeconds(2);
  private static final int SWEEP_EVERY = 12;
  private static final Logger log = LoggerFactory.getLogger(Neighbours.class);

  private final Nodes nodes;
  private final ReplayGuard guard;
  private final Guard kind;
  private volatile int others;
  private volatile @Nullable Disposable looking;

  Neighbours(Nodes nodes, ReplayGuard guard, Guard kind) {
    this.nodes = nodes;
    this.guard = guard;
    this.kind = kind;
  }

  /** Other nodes that were there at the last look. */
  int others() {
    return others;
  }

  /** Whether a nonce can be used once on each of several nodes. */
  boolean guardsAlone() {
    return kind == Guard.LOCAL && others > 0;
  }

  /** One look around. */
  Mono<Void> look() {
    return nodes
        .others()
        .doOnNext(this::found)
        .then()
        .onErrorResume(failure -> {
          log.debug("other nodes can't be looked for now", failure);
          return Mono.empty();
        });
  }

  @Override
  public void start() {
    looking =
        Flux.interval(Duration.ZERO, EVERY)
            .onBackpressureDrop()
            .concatMap(n -> n % SWEEP_EVERY == SWEEP_EVERY - 1 ? look().then(sweep()) : look(), 1)
            .subscribe();
  }

  @Override
  public void stop() {
    Disposable running = looking;
    if (running != null) {
      running.dispose();
      looking = null;
      nodes.leave().onErrorComplete().block(AT_SHUTDOWN);
    }
  }

  /** Outlasts the web server. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }

  private Mono<Void> sweep() {
    return guard
        .sweep()
        .onErrorResume(failure -> {
          log.warn("old nonces can't be cleared away now: {}", failure.toString());
          return Mono.empty();
        });
  }

  private void found(int count) {
    boolean alone = guardsAlone();
    others = count;
    if (guardsAlone() && !alone) {
      log.warn(
          "this node is one of {} and remembers nonces by itself, so a request can be used once on"
              + " each: set keyledger.verification.replay-guard to shared",
          count + 1);
    }
  }
}
