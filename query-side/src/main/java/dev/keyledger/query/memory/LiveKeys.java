package dev.keyledger.query.memory;

import dev.keyledger.query.views.NotYetVisibleException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What the verifier asks: which keys are live on this node, and how fresh that knowledge is. It is
 * fresh as of a moment once all is applied that was in the topic at that moment.
 */
public final class LiveKeys {
  private static final int WAITING_AT_MOST = 1000;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private volatile BiConsumer<String, KeyId> departures = (_, _) -> {};
  private volatile KeyMemory memory = new KeyMemory(this::departed);
  private volatile boolean ready;
  private volatile long freshAsOf;

  /**
   * @param nanoTime what {@link System#nanoTime} gives
   */
  LiveKeys(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** A key that is live now; empty for all others. */
  public Optional<Found> find(KeyId id) {
    return memory.find(id, clock.instant());
  }

  /** Whether it once held all that was in the topic when this node started. */
  public boolean ready() {
    return ready;
  }

  /** For how long nothing proved that all is applied; for ever before it is {@link #ready}. */
  public Duration staleness() {
    return ready
        ? Duration.ofNanos(nanoTime.getAsLong() - freshAsOf)
        : Duration.ofSeconds(Long.MAX_VALUE);
  }

  /** The partitions that wait for an upgrade: what is known of their accounts is old. */
  public Set<Integer> stopped() {
    return memory.stopped();
  }

  /** How many keys there are. */
  public long size() {
    return memory.keys();
  }

  /** Whether nothing has to be waited for until the account of a key is at this position. */
  public boolean holds(KeyId id, long position) {
    return position <= 0 || memory.holds(id, position);
  }

  /**
   * Completes once the account of a key is at this position, at once where it is. A key that is not
   * known yet is waited for.
   *
   * @return fails with {@link NotYetVisibleException} if it does not come in time, or at once if
   *     too many wait already
   */
  public Mono<Void> reached(KeyId id, long position, Duration maxWait) {
    if (holds(id, position)) {
      return Mono.empty();
    }
    return Mono.using(
            () -> enter(id, position),
            waiter -> waiter.reached.asMono().timeout(maxWait),
            waiting::remove)
        .onErrorMap(TimeoutException.class, _ -> new NotYetVisibleException());
  }

  /** From now on, tells of each key that is deleted, with its account. */
  public void onDeparture(BiConsumer<String, KeyId> listener) {
    departures = listener;
  }

  /** Only of what happens now: what a start reads again happened long ago. */
  void departed(String accountId, KeyId id) {
    if (ready) {
      departures.accept(accountId, id);
    }
  }

  /** Tells those who wait that something was applied. */
  void advanced() {
    waiting.forEach(Waiter::look);
  }

  /** The memory that answers, if that is another one than this; it is to hear of events, too. */
  Optional<KeyMemory> otherThan(KeyMemory next) {
    return Optional.of(memory).filter(answering -> ready && answering != next);
  }

  /** From now on, this is the memory, and all is in it that was in the topic at that time. */
  void fresh(KeyMemory caughtUp, long asOf) {
    boolean other = memory != caughtUp;
    memory = caughtUp;
    freshAsOf = asOf;
    ready = true;
    if (other) {
      advanced();
    }
  }

  private Waiter enter(KeyId id, long position) {
    if (waiting.size() >= WAITING_AT_MOST) {
      throw new NotYetVisibleException();
    }
    Waiter waiter = new Waiter(id, position);
    waiting.add(waiter);
    waiter.look(); // What came since the first look woke nobody.
    return waiter;
  }

  /** One question that waits. */
  private final class Waiter {
    private final KeyId id;
    private final long position;
    private final Sinks.Empty<Void> reached = Sinks.empty();

    Waiter(KeyId id, long position) {
      this.id = id;
      this.position = position;
    }

    void look() {
      if (memory.holds(id, position)) {
        reached.tryEmitEmpty();
      }
    }
  }
}
