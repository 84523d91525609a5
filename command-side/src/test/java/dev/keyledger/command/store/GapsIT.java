package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.MigratedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers that are missing in the order of the events, as a follower comes upon them. */
class GapsIT {
  private static final Serializer SERIALIZER = new EventSerializer();

  private final DataSource database = MigratedDatabase.freshSource();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicLong pauses = new AtomicLong();
  private final Gathering gathering =
      new Gathering(Duration.ofMillis(20), nanoTime::get, this::pause);
  private final GatheringStorageEngine engine =
      new GatheringStorageEngine(
          StoreConfiguration.storage(
              SERIALIZER, database::getConnection, NoTransactionManager.instance())) {};

  private @Nullable TrackingToken place;

  @BeforeEach
  void beginAfterAnEvent() throws SQLException {
    append("first");
    assertThat(read()).containsExactly("first");
  }

  /**
   * Two minutes is more than Axon would wait, and 50,000 numbers are more than it would look at.
   */
  @Test
  void anEventThatIsCommittedLateAndFarBehindIsDelivered() throws SQLException {
    try (Connection late = database.getConnection()) {
      late.setAutoCommit(false);
      append(late, "late");
      skip(50_000);
      append("early");
      assertThat(read()).containsExactly("early");

      late.commit();
    }
    append("next");

    assertThat(read()).containsExactly("late", "next");
  }

  @Test
  void aBacklogIsReadWithoutPausesAlthoughNumbersAreMissing() throws SQLException {
    skip(600);
    for (int i = 0; i < 3; i++) {
      append("backlog-" + i);
      skip(498);
      append("backlog-" + i + "-end");
    }
    nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    pauses.set(0);

    assertThat(read()).hasSize(6);
    // The one in which the end was found.
    assertThat(pauses).hasValue(1);
  }

  /** What comes after the place that was read to. */
  private List<String> read() {
    List<String> accounts = new ArrayList<>();
    List<TrackedEventMessage<?>> found;
    do {
      found = engine.next(place, gathering);
      for (TrackedEventMessage<?> event : found) {
        place = event.trackingToken();
        accounts.add(((DomainEventMessage<?>) event).getAggregateIdentifier());
      }
    } while (!found.isEmpty());
    return accounts;
  }

  private void pause(long nanos) {
    pauses.incrementAndGet();
    nanoTime.addAndGet(nanos);
  }

  private void append(String account) throws SQLException {
    try (Connection connection = database.getConnection()) {
      append(connection, account);
    }
  }

  private static void append(Connection connection, String account) throws SQLException {
    DomainEventMessage<?> event =
        Enrolments.event(account, 0, Instant.now().minus(Duration.ofMinutes(2)));
    try (PreparedStatement insert = connection.prepareStatement(EventRows.APPEND)) {
      EventRows rows = new EventRows(List.of(EventRow.of(event, SERIALIZER)));
      assertThat(rows.append(insert)).isEmpty();
    }
  }

  /** As if so many events had been rolled back. */
  private void skip(int numbers) {
    Long last =
        jdbc.sql(
                """
                SELECT setval(s, nextval(s) + ? - 1)
                FROM (SELECT pg_get_serial_sequence('domain_event', 'global_index') AS s) AS q\
                """)
            .param(numbers)
            .query(Long.class)
            .single();
    assertThat(Objects.requireNonNull(last)).isPositive();
  }
}
