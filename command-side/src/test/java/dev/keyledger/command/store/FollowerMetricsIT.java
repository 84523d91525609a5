package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.Follower;
import dev.keyledger.command.MigratedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node tells how far the followers are, whoever they are; here it follows nothing itself. */
class FollowerMetricsIT {
  private static final JdbcClient JDBC = MigratedDatabase.fresh();

  private final EventSerializer serializer = new EventSerializer();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeEach
  void begin() {
    JDBC.sql("TRUNCATE domain_event, processor_token").update();
    Configuration axon =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> serializer)
            .buildConfiguration();
    FollowerMetrics _ =
        new FollowerMetrics(
            List.of(new Follower("mail", this, 1, Duration.ZERO)), axon, JDBC, meters);
  }

  @Test
  void withoutEventsNobodyIsBehind() {
    assertThat(lag()).isZero();
  }

  @Test
  void whoNeverBeganIsBehindByAll() {
    append(7);
    follow(null, null);

    assertThat(lag()).isEqualTo(7);
  }

  @Test
  void anotherNodesPlaceCounts() {
    append(7);
    follow("command-2", GapAwareTrackingToken.newInstance(5, List.of(3L)));

    assertThat(lag()).isEqualTo(2);
  }

  @Test
  void soDoesThePlaceOfANodeThatDied() {
    append(7);
    follow(null, GapAwareTrackingToken.newInstance(7, List.of()));
    assertThat(lag()).isZero();

    append(9);
    assertThat(lag()).isEqualTo(2);
  }

  private double lag() {
    return meters.get("keyledger.mail.lag.events").gauge().value();
  }

  private static void append(long number) {
    JDBC.sql(
            """
            INSERT INTO domain_event (global_index, event_identifier, aggregate_identifier,
                sequence_number, type, timestamp, payload_type, payload, meta_data)
            VALUES (?, ?, 'alice', ?, 'KeyRing', '', '', '', '')\
            """)
        .params(number, Long.toString(number), number)
        .update();
  }

  private void follow(
      @org.jspecify.annotations.Nullable String owner,
      @org.jspecify.annotations.Nullable TrackingToken token) {
    SerializedObject<byte[]> place =
        token == null ? null : serializer.serialize(token, byte[].class);
    JDBC.sql(
            """
            INSERT INTO processor_token (processor_name, segment, token, token_type, owner)
            VALUES ('mail', 0, ?, ?, ?)\
            """)
        .params(
            java.util.Arrays.asList(
                place == null ? null : place.getData(),
                place == null ? null : place.getType().getName(),
                owner))
        .update();
  }
}
