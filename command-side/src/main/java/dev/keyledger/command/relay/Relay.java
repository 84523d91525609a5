package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Publishes every event. A batch is handed to Kafka as a whole, and the relay's place moves only
 * after Kafka acknowledged all of it; a batch that fails is published again, so that a subscriber
 * may see an event twice but never misses one.
 */
public class Relay {
  private static final String SENT = Relay.class.getName() + ".sent";

  private final EventPublisher publisher;

  public Relay(EventPublisher publisher) {
    this.publisher = publisher;
  }

  @EventHandler
  void on(KeyRingEvent event, DomainEventMessage<?> message, UnitOfWork<?> batch) {
    List<CompletableFuture<Void>> sent =
        batch.getOrComputeResource(
            SENT,
            key -> {
              List<CompletableFuture<Void>> fresh = new ArrayList<>();
              batch.onPrepareCommit(work -> awaitAll(fresh));
              return fresh;
            });
    sent.add(publisher.publish(event, message.getSequenceNumber() + 1));
  }

  private static void awaitAll(List<CompletableFuture<Void>> sent) {
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }
}
