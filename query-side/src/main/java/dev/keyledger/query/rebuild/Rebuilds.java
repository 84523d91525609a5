package dev.keyledger.query.rebuild;

import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.views.ViewGenerations;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * This node's part in rebuilds: begins one when asked to, works on those that are its own, goes on
 * with those of nodes that died, and knows how far they are.
 */
public final class Rebuilds {
  /** So long after the switch, no batch goes into the old generation any more. */
  static final Duration KEEP_OLD = Duration.ofMinutes(1);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ViewGenerations generations;
  private final RebuildStore store;
  private final String node;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Claim claim;
  private final Semaphore begun = new Semaphore(0);
  private volatile Rebuild seen = Rebuild.NEVER;
  private long served;
  private long servedSince;
  private long droppedBefore;

  /**
   * @param consumers make consumers that belong to no group
   * @param node names this node, and no other
   */
  public Rebuilds(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      ViewGenerations generations,
      RebuildStore store,
      String node,
      Clock clock,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.consumers = consumers;
    this.generations = generations;
    this.store = store;
    this.node = node;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.claim = new Claim(node, nanoTime);
  }

  /** The rebuild that runs or ran last. */
  public Mono<Rebuild> find() {
    return store.find();
  }

  /** Begins a rebuild on this node, unless one runs. */
  public Mono<Rebuild> begin() {
    return store.find().flatMap(found -> found.running() ? Mono.just(found) : begin(found));
  }

  /** What this node saw last, at most some seconds ago. */
  Rebuild seen() {
    return seen;
  }

  /** Looks after rebuilds until told to stop. */
  void keep(BooleanSupplier running) {
    while (running.getAsBoolean()) {
      look(running);
      awaitBeginning();
    }
  }

  /** Looks once, and does what is due for this node. */
  void look(BooleanSupplier running) {
    seen = Objects.requireNonNull(store.find().block(STORE_TIMEOUT));
    if (claim.holds(seen) || (claim.mayTake(seen) && take(seen))) {
      build(running);
    } else {
      dropOldIfDue();
    }
  }

  /** Drops nothing: the next generation was never used before, and may be another node's by now. */
  private Mono<Rebuild> begin(Rebuild found) {
    Rebuild mine = found.begun(node, clock.instant());
    return store
        .replace(found, mine)
        .flatMap(written -> written ? Mono.just(mine) : store.find())
        .doOnNext(_ -> begun.release());
  }

  private boolean take(Rebuild dead) {
    Rebuild mine = dead.takenBy(node);
    boolean taken = Objects.requireNonNull(store.replace(dead, mine).block(STORE_TIMEOUT));
    if (taken) {
      log.warn("goes on with the rebuild of the views that {} left", dead.builder());
      seen = mine;
    }
    return taken;
  }

  private void build(BooleanSupplier running) {
    Rebuild mine = seen;
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      Filler filler =
          new Filler(topic, consumer, generations.of(mine.generation()), new BatchWriter(clock));
      new Rebuilder(
              filler,
              generations.of(mine.generations().served()),
              store,
              mine,
              now -> seen = now,
              clock,
              nanoTime)
          .run(running);
    }
  }

  /**
   * Every node does so once, whoever built, since any of them may be gone by then. The time is that
   * for which this node has seen the generation served: nothing rests on the clock of another.
   */
  private void dropOldIfDue() {
    long now = nanoTime.getAsLong();
    if (seen.generations().served() != served) {
      served = seen.generations().served();
      servedSince = now;
    }
    if (droppedBefore != served && now - servedSince >= KEEP_OLD.toNanos()) {
      for (long old = served - 1; old >= 0; old--) {
        store.drop(old).block(STORE_TIMEOUT);
      }
      droppedBefore = served;
    }
  }

  private void awaitBeginning() {
    try {
      boolean _ = begun.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
