package dev.keyledger.query.rebuild;

import static dev.keyledger.query.rebuild.Filler.next;

import dev.keyledger.query.views.Generations.Stage;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ServedViews;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one rebuild from the stage that it is in to its end, as this node's part. Two that do so at
 * once harm nothing, since each step rests on what the store and the topic say:
 *
 * <ol>
 *   <li>BUILDING fills the next generation up to the offsets of the served one, never beyond.
 *   <li>COMPARING lasts until every reader looks into both. Neither can be shown to be behind,
 *       since the next one is still not ahead.
 *   <li>HANDING_OVER: batches that go into the old generation were read from the topic before that.
 *       So the next one is at least as far for ever once it holds what was in the topic then, and
 *       is served.
 * </ol>
 */
final class Rebuilder {
  /** Longer than any reader acts on what it knew, also where clocks run at different rates. */
  static final Duration READERS_KNOW_AFTER = ServedViews.GOOD_FOR.multipliedBy(2);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
  private static final long LATELY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long TELL_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Logger log = LoggerFactory.getLogger(Rebuilder.class);

  private final Filler filler;
  private final ViewStore served;
  private final RebuildStore store;
  private final Consumer<Rebuild> watcher;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Rebuild rebuild;
  private boolean lost;
  private long inStageSince;
  private long toldAt;
  private Map<Integer, Long> ends = Map.of();
  private Map<Integer, Progress> old = Map.of();
  private long askedAt;
  private Map<Integer, Long> target = Map.of();
  private boolean targeted;
  private long targetedAt;
  private @Nullable String stoppedBy;

  /**
   * @param served the generation that is served when this begins
   * @param rebuild that this node is the builder of
   * @param watcher is told of every change
   */
  Rebuilder(
      Filler filler,
      ViewStore served,
      RebuildStore store,
      Rebuild rebuild,
      Consumer<Rebuild> watcher,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.filler = filler;
    this.served = served;
    this.store = store;
    this.rebuild = rebuild;
    this.watcher = watcher;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Works until the rebuild is done or in other hands, or until told to stop.
   *
   * @return the rebuild as it was left
   * @throws RuntimeException if it has to be begun again from where the stores stand
   */
  Rebuild run(BooleanSupplier running) {
    filler.start();
    enter();
    toldAt = nanoTime.getAsLong();
    while (running.getAsBoolean() && !lost && rebuild.running()) {
      Map<Integer, Long> bound = bound();
      Map<Integer, Progress> reached = filler.fill(bound, POLL);
      noteStop(reached);
      step(reached, bound);
      if (!lost && nanoTime.getAsLong() - toldAt >= TELL_EVERY_NANOS) {
        tell(reached);
      }
    }
    return rebuild;
  }

  /**
   * How far the new views may go. They may go further only ever, so far from there it is not asked
   * about each time: the answer would wait for what is being written.
   */
  private Map<Integer, Long> bound() {
    if (rebuild.generations().stage() == Stage.HANDING_OVER) {
      return ends;
    }
    long now = nanoTime.getAsLong();
    if (old.isEmpty() || !filler.isFar() || now - askedAt >= ASK_AGAIN_NANOS) {
      old = Objects.requireNonNull(served.progress().block(STORE_TIMEOUT));
      askedAt = now;
    }
    Map<Integer, Long> bound = new HashMap<>();
    old.forEach((partition, progress) -> bound.put(partition, progress.nextOffset()));
    return bound;
  }

  private void step(Map<Integer, Progress> reached, Map<Integer, Long> bound) {
    if (!isLevel(reached, bound) || stoppedBy != null) {
      return;
    }
    switch (rebuild.generations().stage()) {
      case BUILDING -> write(now -> told(now, reached).in(Stage.COMPARING));
      case COMPARING -> {
        if (nanoTime.getAsLong() - inStageSince >= READERS_KNOW_AFTER.toNanos()) {
          write(now -> now.in(Stage.HANDING_OVER));
        }
      }
      case HANDING_OVER -> write(now -> told(now, reached).finished(clock.instant()));
      case SERVING -> {}
    }
  }

  /**
   * Whether it has come to where it had to come to, as asked two seconds ago at most. While the
   * served generation goes on, what is written is always a round behind the latest answer: then one
   * before it counts.
   */
  private boolean isLevel(Map<Integer, Progress> reached, Map<Integer, Long> bound) {
    if (rebuild.generations().stage() == Stage.HANDING_OVER) {
      return holds(reached, bound); // which never moves
    }
    long now = nanoTime.getAsLong();
    if (now - askedAt <= LATELY_NANOS && holds(reached, bound)) {
      return true;
    }
    boolean there = holds(reached, target);
    boolean lately = targeted && now - targetedAt <= LATELY_NANOS;
    if (there) {
      target = bound;
      targetedAt = now;
      targeted = true;
    }
    return there && lately;
  }

  private static boolean holds(Map<Integer, Progress> reached, Map<Integer, Long> places) {
    return places.entrySet().stream()
        .allMatch(place -> next(reached, place.getKey()) >= place.getValue());
  }

  private void tell(Map<Integer, Progress> reached) {
    if (rebuild.generations().stage() != Stage.HANDING_OVER) {
      ends = filler.ends();
    }
    write(now -> told(now, reached));
    toldAt = nanoTime.getAsLong();
  }

  private Rebuild told(Rebuild now, Map<Integer, Progress> reached) {
    long done = reached.values().stream().mapToLong(Progress::nextOffset).sum();
    long total = ends.values().stream().mapToLong(end -> end).sum();
    return now.reached(done, Math.max(done, total), stoppedBy);
  }

  /** Where the served generation stands still, the next one would, too. */
  private void noteStop(Map<Integer, Progress> reached) {
    String before = stoppedBy;
    stoppedBy =
        Stream.of(reached, old)
            .flatMap(progress -> progress.values().stream())
            .map(Progress::stop)
            .flatMap(Stream::ofNullable)
            .map(Progress.Stop::type)
            .findFirst()
            .orElse(null);
    if (stoppedBy != null && !stoppedBy.equals(before)) {
      log.error(
          "the rebuild of the views waits: this version does not know {}; upgrade to go on",
          stoppedBy);
    }
  }

  /** Writes the record; where somebody else did, it may be that the builder is another one now. */
  private void write(UnaryOperator<Rebuild> change) {
    Stage before = rebuild.generations().stage();
    Rebuild after = change.apply(rebuild);
    if (Objects.requireNonNull(store.replace(rebuild, after).block(STORE_TIMEOUT))) {
      rebuild = after;
    } else {
      Rebuild found = Objects.requireNonNull(store.find().block(STORE_TIMEOUT));
      lost =
          !found.builder().equals(rebuild.builder()) || found.generation() != rebuild.generation();
      rebuild = found;
    }
    watcher.accept(rebuild);
    if (rebuild.generations().stage() != before) {
      enter();
    }
  }

  /** The ends are asked for after the stage was written, and never before. */
  private void enter() {
    inStageSince = nanoTime.getAsLong();
    ends = filler.ends();
    old = Map.of();
    target = Map.of();
    targeted = false;
    log.info(
        "rebuild of the views: generation {} is {}",
        rebuild.generation(),
        rebuild.generations().stage());
  }
}
