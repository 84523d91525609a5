package dev.keyledger.command.store;

import dev.keyledger.command.keyring.KeyRing;
import java.io.Serializable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Scope;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of rings, taken from the ring in memory: its state never changes, so it can be kept
 * while the next command is decided. Axon's own snapshotter would read all its events again, and
 * many at once when many accounts get there together.
 *
 * <p>They are written beside the commands, one after the other, and left out when there are too
 * many: a ring without its newest snapshot is read from more events.
 */
final class RingSnapshots implements SnapshotTriggerDefinition {
  private static final int MOST_WAITING = 1_000;
  private static final Logger log = LoggerFactory.getLogger(RingSnapshots.class);

  private final Supplier<EventStore> store;
  private final Supplier<TransactionManager> transactions;
  private final int every;
  private final ExecutorService writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofVirtual().name("snapshot").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * @param store asked for when the first snapshot is written, since it knows of rings itself
   * @param every events between two snapshots of a ring
   */
  RingSnapshots(Supplier<EventStore> store, Supplier<TransactionManager> transactions, int every) {
    this.store = store;
    this.transactions = transactions;
    this.every = every;
  }

  @Override
  public SnapshotTrigger prepareTrigger(Class<?> aggregateType) {
    return new Trigger(this);
  }

  @Override
  public SnapshotTrigger reconfigure(Class<?> aggregateType, SnapshotTrigger trigger) {
    return trigger;
  }

  private void write(DomainEventMessage<KeyRing> snapshot) {
    writer.execute(() -> {
      try {
        transactions.get().executeInTransaction(() -> store.get().storeSnapshot(snapshot));
      } catch (RuntimeException e) {
        log.warn("no snapshot was written; its ring is read from more events: {}", e.toString());
      }
    });
  }

  /** Counts the events of one ring, under the ring's lock. */
  @SuppressWarnings("serial") // never serialized: Axon keeps only such triggers with a cached ring
  private static final class Trigger implements SnapshotTrigger, Serializable {
    private final transient RingSnapshots snapshots;
    private @Nullable DomainEventMessage<?> lastRead;
    private int events;

    Trigger(RingSnapshots snapshots) {
      this.snapshots = snapshots;
    }

    @Override
    public void eventHandled(EventMessage<?> message) {
      DomainEventMessage<?> event = (DomainEventMessage<?>) message;
      events++;
      if (AggregateLifecycle.isLive()) {
        takeIfDue(event);
      } else {
        lastRead = event;
      }
    }

    @Override
    public void initializationFinished() {
      if (lastRead != null) {
        takeIfDue(lastRead);
        lastRead = null;
      }
    }

    private void takeIfDue(DomainEventMessage<?> newest) {
      if (events < snapshots.every || !CurrentUnitOfWork.isStarted()) {
        return;
      }
      events = 0;
      EventSourcedAggregate<KeyRing> ring = Scope.getCurrentScope();
      DomainEventMessage<KeyRing> snapshot =
          new GenericDomainEventMessage<>(
              newest.getType(),
              newest.getAggregateIdentifier(),
              newest.getSequenceNumber(),
              ring.invoke(KeyRing::asItIs));
      CurrentUnitOfWork.get().afterCommit(_ -> snapshots.write(snapshot));
    }
  }
}
