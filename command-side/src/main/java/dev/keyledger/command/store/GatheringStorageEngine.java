package dev.keyledger.command.store;

import java.util.List;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Axon's event store on PostgreSQL, read by followers that pause: see {@link Gathering}. */
abstract class GatheringStorageEngine extends JdbcEventStorageEngine {
  GatheringStorageEngine(Builder builder) {
    super(builder);
  }

  /**
   * The first events behind a token, as many as are read at once; empty if there are none.
   *
   * @param gathering when to look; its follower's own
   */
  List<TrackedEventMessage<?>> next(@Nullable TrackingToken token, Gathering gathering) {
    long from = indexOf(token);
    gathering.await();
    List<? extends TrackedEventData<?>> found = fetchTrackedEvents(token, batchSize());
    long to = found.isEmpty() ? from : indexOf(found.getLast().trackingToken());
    gathering.looked(from, to, batchSize());
    return EventUtils.upcastAndDeserializeTrackedEvents(
            found.stream(), getEventSerializer(), upcasterChain)
        .toList();
  }

  /** The furthest number that was read: of what filled a gap, too, and before the first. */
  private static long indexOf(@Nullable TrackingToken token) {
    return token instanceof GapAwareTrackingToken read ? read.getIndex() : -1;
  }
}
