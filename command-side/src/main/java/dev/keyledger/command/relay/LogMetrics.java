package dev.keyledger.command.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How long the log is, and how far it got out; the same on every node, but for the last one. */
final class LogMetrics {
  LogMetrics(
      LogEntries entries,
      Publication publication,
      CheckpointStore checkpoints,
      Relay relay,
      MeterRegistry meters) {
    Gauge.builder("keyledger.log.size", entries::size)
        .description("Events that have a place in the log")
        .register(meters);
    Gauge.builder("keyledger.log.published", publication::published)
        .description("Events of the log that Kafka has acknowledged, as of the last note of it")
        .register(meters);
    Gauge.builder(
            "keyledger.relay.lag.events",
            () -> Math.max(0, entries.size() - publication.published()))
        .description("Events of the log that Kafka has yet to acknowledge")
        .register(meters);
    Gauge.builder("keyledger.log.checkpoint.size", checkpoints::size)
        .description("Events of the log that the last checkpoint covers")
        .register(meters);
    Gauge.builder("keyledger.log.checkpoint.age.seconds", checkpoints::age)
        .description("Time since the last checkpoint; there is none while nothing happens")
        .register(meters);
    Gauge.builder("keyledger.log.fault", () -> relay.fault() == null ? 0 : 1)
        .description("1 where this node publishes nothing, since the log is not what it was")
        .register(meters);
  }
}
