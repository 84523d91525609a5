package dev.keyledger.command.store;

import dev.keyledger.command.Follower;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each follower is behind the event store, in events, for this node's segments. */
final class FollowerMetrics {
  private final Configuration axon;
  private final JdbcClient jdbc;

  FollowerMetrics(
      List<Follower> followers, Configuration axon, JdbcClient jdbc, MeterRegistry meters) {
    this.axon = axon;
    this.jdbc = jdbc;
    for (Follower follower : followers) {
      String name = follower.name();
      Gauge.builder("keyledger." + name + ".lag.events", () -> lag(name))
          .description("Events that were appended and not yet followed by " + name)
          .register(meters);
    }
  }

  private double lag(String name) {
    long last =
        jdbc.sql("SELECT COALESCE(MAX(global_index), 0) FROM domain_event")
            .query(Long.class)
            .single();
    return axon.eventProcessingConfiguration()
        .eventProcessor(name, TrackingEventProcessor.class)
        .map(processor ->
            processor.processingStatus().values().stream()
                .mapToLong(status -> Math.max(0, last - place(status)))
                .max()
                .orElse(0))
        .orElse(0L);
  }

  private static long place(EventTrackerStatus status) {
    return status.getCurrentPosition().orElse(0);
  }
}
