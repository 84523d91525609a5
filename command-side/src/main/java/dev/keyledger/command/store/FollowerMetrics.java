package dev.keyledger.command.store;

import dev.keyledger.command.Follower;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far each follower is behind the event store, in events. Every node tells the same, whoever
 * follows, and also when nobody does: the places are read where they are written down.
 */
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

  private long lag(String name) {
    long last =
        jdbc.sql("SELECT COALESCE(MAX(global_index), 0) FROM domain_event")
            .query(Long.class)
            .single();
    return Math.max(0, last - place(name));
  }

  /** Nothing was followed where none is written down. */
  private long place(String name) {
    return jdbc
        .sql(
            """
            SELECT token, token_type FROM processor_token
            WHERE processor_name = ? AND token IS NOT NULL\
            """)
        .param(name)
        .query((row, n) -> place(row.getBytes(1), row.getString(2)))
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .min()
        .orElse(0);
  }

  private long place(byte[] token, String type) {
    TrackingToken place =
        axon.serializer()
            .deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
    return place.position().orElse(0);
  }
}
