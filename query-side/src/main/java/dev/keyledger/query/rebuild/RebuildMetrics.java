package dev.keyledger.query.rebuild;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** How a rebuild comes on; every node tells it of the one that any node is at. */
final class RebuildMetrics {
  private RebuildMetrics() {}

  static void register(MeterRegistry registry, Rebuilds rebuilds, InstantSource clock) {
    Gauge.builder("keyledger.rebuild.events.done", rebuilds, it -> it.seen().done())
        .description("Events of the topic that are in the generation that is or was last rebuilt")
        .register(registry);
    Gauge.builder("keyledger.rebuild.events.left", rebuilds, it -> it.seen().left())
        .description("Events of the topic that were still missing in it when last counted")
        .register(registry);
    Gauge.builder("keyledger.rebuild.generation", rebuilds, it -> it.seen().generations().served())
        .description("Generation of the views that is served")
        .register(registry);
    Gauge.builder("keyledger.rebuild.seconds", rebuilds, it -> seconds(it.seen(), clock))
        .description("How long the rebuild has taken so far, or took")
        .register(registry);
    for (RebuildState state : RebuildState.values()) {
      Gauge.builder(
              "keyledger.rebuild.state",
              rebuilds,
              it -> RebuildState.of(it.seen()) == state ? 1 : 0)
          .description("1 for the state that the rebuild is in")
          .tag("state", state.text())
          .register(registry);
    }
  }

  private static double seconds(Rebuild rebuild, InstantSource clock) {
    Instant from = rebuild.startedAt();
    if (from == null) {
      return 0;
    }
    Instant to = Objects.requireNonNullElseGet(rebuild.finishedAt(), clock::instant);
    return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
  }
}
