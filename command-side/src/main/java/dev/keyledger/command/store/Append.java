package dev.keyledger.command.store;

import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.Serializer;

/**
 * What one command appends.
 *
 * @param events of one account, one after the other
 * @param rows the same as they are stored
 * @param also what has to happen in the same transaction
 */
record Append(List<DomainEventMessage<?>> events, List<EventRow> rows, Runnable also) {
  static Append of(List<DomainEventMessage<?>> events, Runnable also, Serializer serializer) {
    return new Append(
        events, events.stream().map(event -> EventRow.of(event, serializer)).toList(), also);
  }

  String accountId() {
    return events.getFirst().getAggregateIdentifier();
  }
}
