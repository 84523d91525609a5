package dev.keyledger.query.rebuild;

import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record about the generations of the views: which one is served, and the rebuild that runs, or
 * ran last.
 *
 * @param version goes up with every change, so that nobody overwrites what he has not read, and
 *     others see that the builder is alive
 * @param builder the node that builds; empty if there never was a rebuild
 * @param startedAt when the rebuild was asked for, UTC; absent if there never was one
 * @param finishedAt when the generation that it made was served, UTC; absent before that
 * @param done events of the topic that are in the new generation
 * @param total events that were to be put into it when that was last counted
 * @param stoppedBy the type that the builder doesn't know and waits before; absent while it goes on
 */
public record Rebuild(
    Generations generations,
    long version,
    String builder,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    long done,
    long total,
    @Nullable String stoppedBy) {

  /** As it is where nothing was ever rebuilt. */
  public static final Rebuild NEVER = new Rebuild(Generations.FIRST, 0, "", null, null, 0, 0, null);

  /** Whether one runs. */
  public boolean running() {
    return generations.stage() != Stage.SERVING;
  }

  /** The generation that the rebuild makes or made; 0 if there never was one. */
  public long generation() {
    return running() ? generations.next() : generations.served();
  }

  /** Events that are to be put into it yet, as far as they were counted. */
  long left() {
    return total - done;
  }

  /** A rebuild that begins now; to be asked only while none runs. */
  Rebuild begun(String node, Instant now) {
    return new Rebuild(
        new Generations(generations.served(), Stage.BUILDING),
        version + 1,
        node,
        now,
        null,
        0,
        0,
        null);
  }

  /** The same rebuild, in the hands of another node. */
  Rebuild takenBy(String node) {
    return new Rebuild(
        generations, version + 1, node, startedAt, finishedAt, done, total, stoppedBy);
  }

  /** The same rebuild, so much further. */
  Rebuild reached(long events, long ofTotal, @Nullable String stop) {
    return new Rebuild(
        generations, version + 1, builder, startedAt, finishedAt, events, ofTotal, stop);
  }

  /** The same rebuild in a later stage. */
  Rebuild in(Stage stage) {
    return new Rebuild(
        new Generations(generations.served(), stage),
        version + 1,
        builder,
        startedAt,
        finishedAt,
        done,
        total,
        stoppedBy);
  }

  /** The rebuild is done: what it made is served. */
  Rebuild finished(Instant now) {
    return new Rebuild(
        new Generations(generations.next(), Stage.SERVING),
        version + 1,
        builder,
        startedAt,
        now,
        done,
        total,
        null);
  }
}
