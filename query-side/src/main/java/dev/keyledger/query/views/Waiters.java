package dev.keyledger.query.views;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

  /** One answer that may have to wait; to be left by whoever entered it. */
  final class Waiter {
    private final String accountId;
    private final long position;
    private final Sinks.One<AccountView> reached = Sinks.one();
    private final AtomicBoolean counted = new AtomicBoolean();

    private Waiter(String accountId, long position) {
      this.accountId = accountId;
      this.position = position;
    }

    String accountId() {
      return accountId;
    }

    /**
     * Completes once the view holds the position: with the view if this node wrote it, also if that
     * was before this call, and else empty.
     *
     * @throws NotYetVisibleException if too many wait already
     */
    Mono<AccountView> reached() {
      if (count.incrementAndGet() > AT_MOST) {
        count.decrementAndGet();
        throw new NotYetVisibleException();
      }
      counted.set(true);
      lookUpWhileNeeded();
      return reached.asMono();
    }

    void leave() {
      byAccount.computeIfPresent(
          accountId,
          (_, waiting) -> {
            waiting.remove(this);
            return waiting.isEmpty() ? null : waiting;
          });
      if (counted.get() && count.decrementAndGet() == 0) {
        lookUpWhileNeeded();
      }
    }
  }

  /** Begins to listen for a position; nothing is looked up yet. */
  Waiter enter(String accountId, long position) {
    Waiter waiter = new Waiter(accountId, position);
    byAccount.compute(
        accountId,
        (_, waiting) -> {
          Set<Waiter> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          all.add(waiter);
          return all;
        });
    return waiter;
  }

  /** Wakes those who wait for what this view holds. One with a gap is an answer to all of them. */
  void advanced(AccountView view) {
    long position = view.complete() ? view.position() : Long.MAX_VALUE;
    wake(view.accountId(), position, waiter -> waiter.reached.tryEmitValue(view));
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
        .doOnNext(positions -> positions.forEach(this::found))
        .then()
        .onErrorComplete();
  }

  private void found(String accountId, long position) {
    wake(accountId, position, waiter -> waiter.reached.tryEmitEmpty());
  }

  private void wake(String accountId, long position, Consumer<Waiter> how) {
    Set<Waiter> waiting = byAccount.get(accountId);
    if (waiting != null) {
      waiting.stream().filter(waiter -> waiter.position <= position).forEach(how);
    }
  }
}
