package dev.keyledger.command.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store, but each follower reads for itself. Axon's way shares what one thread reads
 * through a list in memory: an event that the collector once moved among the old ones keeps all
 * later ones alive until a full collection, and who falls behind holds on to all since.
 */
final class FollowedEventStore extends EmbeddedEventStore {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final GatheringStorageEngine engine;
  private final Arrivals arrivals = new Arrivals(LOOK_AGAIN);

  FollowedEventStore(GatheringStorageEngine engine) {
    super(EmbeddedEventStore.builder().storageEngine(engine));
    this.engine = engine;
  }

  /** The events for one follower. */
  StreamableMessageSource<TrackedEventMessage<?>> source(Duration gathering) {
    return new StreamableMessageSource<>() {
      @Override
      public TrackingEventStream openStream(@Nullable TrackingToken token) {
        return tail(token, gathering);
      }

      @Override
      public TrackingToken createTailToken() {
        return FollowedEventStore.this.createTailToken();
      }
    };
  }

  /** For one that does not gather; followers have their {@link #source}. */
  @Override
  public TrackingEventStream openStream(@Nullable TrackingToken token) {
    return tail(token, Duration.ZERO);
  }

  private TrackingEventStream tail(@Nullable TrackingToken token, Duration gathering) {
    Gathering own = new Gathering(gathering, System::nanoTime, LockSupport::parkNanos);
    return new EventTail(last -> engine.next(last, own), token, arrivals);
  }

  @Override
  protected void afterCommit(List<? extends EventMessage<?>> events) {
    arrivals.arrived();
  }
}
