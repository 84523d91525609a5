package dev.keyledger.command.store;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Axon's event store on PostgreSQL, but who has read all events pauses: see {@link Gathering}. */
abstract class GatheringStorageEngine extends JdbcEventStorageEngine {
  private final Gathering gathering;

  GatheringStorageEngine(Builder builder) {
    this(builder, new Gathering(System::nanoTime, LockSupport::parkNanos));
  }

  GatheringStorageEngine(Builder builder, Gathering gathering) {
    super(builder);
    this.gathering = gathering;
  }

  /** The first events behind a token, as many as are read at once; empty if there are none. */
  List<TrackedEventMessage<?>> next(@Nullable TrackingToken token) {
    return EventUtils.upcastAndDeserializeTrackedEvents(
            fetchTrackedEvents(token, batchSize()).stream(), getEventSerializer(), upcasterChain)
        .toList();
  }

  @Override
  protected List<? extends TrackedEventData<?>> fetchTrackedEvents(
      @Nullable TrackingToken lastToken, int batchSize) {
    long from = indexOf(lastToken);
    gathering.await(from);
    List<? extends TrackedEventData<?>> found = super.fetchTrackedEvents(lastToken, batchSize);
    long to = found.isEmpty() ? from : indexOf(found.getLast().trackingToken());
    gathering.looked(from, to, batchSize);
    return found;
  }

  /** The furthest number that was read: of what filled a gap, too, and before the first. */
  private static long indexOf(@Nullable TrackingToken token) {
    return token instanceof GapAwareTrackingToken read ? read.getIndex() : -1;
  }
}
