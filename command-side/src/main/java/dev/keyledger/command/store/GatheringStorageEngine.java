package dev.keyledger.command.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on PostgreSQL, but who follows the events and has read all of them looks again
 * after {@value #GATHER_MILLIS} ms at the earliest. Each look is a query, and each event that comes
 * by itself is a transaction of every follower; the first event after a silence is read at once.
 */
abstract class GatheringStorageEngine extends JdbcEventStorageEngine {
  static final long GATHER_MILLIS = 20;

  private volatile long nextLook = System.nanoTime();

  GatheringStorageEngine(Builder builder) {
    super(builder);
  }

  @Override
  protected List<? extends TrackedEventData<?>> fetchTrackedEvents(
      @Nullable TrackingToken lastToken, int batchSize) {
    long left = nextLook - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nextLook - System.nanoTime();
    }
    List<? extends TrackedEventData<?>> found = super.fetchTrackedEvents(lastToken, batchSize);
    if (found.size() < batchSize) {
      nextLook = System.nanoTime() + Duration.ofMillis(GATHER_MILLIS).toNanos();
    }
    return found;
  }
}
