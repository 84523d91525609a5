package dev.keyledger.query.views;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The answers that wait for a position. This node's own projection wakes them at once; while there
 * are any, one look-up for all of them together every {@link #LOOK_UP_EVERY} finds what other nodes
 * wrote.
 */
final class Waiters {
  static final Duration LOOK_UP_EVERY = Duration.ofMillis(100);
  static final int AT_MOST = 1000;

  private final ViewSource views;
  private final Map<String, Set<Waiter>> byAccount = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private @Nullable Disposable lookUps;

  Waiters(ViewSource views) {
    this.views = views;
  }

  /** One answer that waits; to be left by whoever entered it. */
  final class Waiter {
    private final String accountId;
    private final long position;
    private final Sinks.Empty<Void> reached = Sinks.empty();

    private Waiter(String accountId, long position) {
      this.accountId = accountId;
      this.position = position;
    }

    /** Completes once the view holds the position. */
    Mono<Void> reached() {
      return reached.asMono();
    }

    void leave() {
      byAccount.computeIfPresent(
          accountId,
          (_, waiting) -> {
            waiting.remove(this);
            return waiting.isEmpty() ? null : waiting;
          });
      if (count.decrementAndGet() == 0) {
        lookUpWhileNeeded();
      }
    }
  }

  /**
   * Starts to wait.
   *
   * @throws NotYetVisibleException if too many wait already
   */
  Waiter enter(String accountId, long position) {
    if (count.incrementAndGet() > AT_MOST) {
      count.decrementAndGet();
      throw new NotYetVisibleException();
    }
    Waiter waiter = new Waiter(accountId, position);
    byAccount.compute(
        accountId,
        (_, waiting) -> {
          Set<Waiter> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          all.add(waiter);
          return all;
        });
    lookUpWhileNeeded();
    return waiter;
  }

  /** Wakes those who wait for this position of the account or for an earlier one. */
  void advanced(String accountId, long position) {
    byAccount.getOrDefault(accountId, Set.of()).stream()
        .filter(waiter -> waiter.position <= position)
        .forEach(waiter -> waiter.reached.tryEmitEmpty());
  }

  int size() {
    return count.get();
  }

  private synchronized void lookUpWhileNeeded() {
    if (count.get() == 0 && lookUps != null) {
      lookUps.dispose();
      lookUps = null;
    } else if (count.get() > 0 && lookUps == null) {
      lookUps =
          Flux.interval(LOOK_UP_EVERY).onBackpressureDrop().concatMap(_ -> lookUp(), 1).subscribe();
    }
  }

  private Mono<Void> lookUp() {
    return views
        .positions(Set.copyOf(byAccount.keySet()))
        .doOnNext(positions -> positions.forEach(this::advanced))
        .then()
        .onErrorComplete();
  }
}
