package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Publishes every event. A batch is handed to Kafka as a whole, and the relay's place moves only
 * after Kafka acknowledged all of it; a batch that fails is published again from its beginning, so
 * that a subscriber may see an event twice but never misses one, and never sees one for the first
 * time before those that come before it.
 */
public class Relay {
  private static final String BATCH = Relay.class.getName() + ".batch";

  private final EventPublisher publisher;

  Relay(EventPublisher publisher) {
    this.publisher = publisher;
  }

  @EventHandler
  void on(KeyRingEvent event, DomainEventMessage<?> message, UnitOfWork<?> work) {
    EventPublisher.Batch batch =
        work.getOrComputeResource(
            BATCH,
            key -> {
              EventPublisher.Batch begun = publisher.begin();
              work.onPrepareCommit(w -> begun.await());
              return begun;
            });
    batch.publish(event, message.getSequenceNumber() + 1);
  }
}
