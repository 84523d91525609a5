package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.rebuild.RebuildState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild is.
 *
 * @param state {@code none}, {@code building}, {@code stopped}, {@code switching} or {@code done}
 * @param generation number of the views that it makes or made; 0 if there never was one
 * @param eventsTotal events on the topic when they were last counted
 * @param stoppedBy type of the event that it waits before, for a version that knows it
 */
@JsonInclude(Include.NON_NULL)
record RebuildAnswer(
    String state,
    long generation,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    long eventsDone,
    long eventsTotal,
    @Nullable String stoppedBy) {

  static RebuildAnswer of(Rebuild rebuild) {
    return new RebuildAnswer(
        RebuildState.of(rebuild).text(),
        rebuild.generation(),
        rebuild.startedAt(),
        rebuild.finishedAt(),
        rebuild.done(),
        rebuild.total(),
        rebuild.stoppedBy());
  }
}
