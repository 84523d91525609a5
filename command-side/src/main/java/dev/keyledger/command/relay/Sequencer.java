package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;

/**
 * Gives every event its place in the log, in the transaction that moves the follower's token: the
 * row of the token keeps all other nodes out until then. Only after that commit the relay gets to
 * see the event.
 */
public class Sequencer {
  private static final String BATCH = Sequencer.class.getName() + ".batch";

  private final EventRecords records;
  private final LogEntries entries;
  private final Serializer stored;
  private final Relay relay;

  Sequencer(EventRecords records, LogEntries entries, Serializer stored, Relay relay) {
    this.records = records;
    this.entries = entries;
    this.stored = stored;
    this.relay = relay;
  }

  @EventHandler
  void on(KeyRingEvent event, DomainEventMessage<?> message, UnitOfWork<?> work) {
    List<LogRecord> batch = work.getOrComputeResource(BATCH, key -> begin(work));
    byte[] value = message.serializePayload(stored, byte[].class).getData();
    batch.add(records.of(event, message.getSequenceNumber() + 1, value));
  }

  private List<LogRecord> begin(UnitOfWork<?> work) {
    List<LogRecord> batch = new ArrayList<>();
    work.onPrepareCommit(w -> {
      long first = entries.append(batch);
      work.afterCommit(done -> relay.handOver(new LogBatch(first, batch)));
    });
    return batch;
  }
}
