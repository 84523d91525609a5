package dev.keyledger.command.store;

import dev.keyledger.command.keyring.KeyRing;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.SerializedObject;

/** Axon's in-memory store, with snapshots that go through the real store's JSON. */
final class SnapshotCopies extends InMemoryEventStorageEngine {
  private final EventSerializer serializer;

  SnapshotCopies(EventSerializer serializer) {
    this.serializer = serializer;
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
    return super.readSnapshot(aggregateIdentifier).map(this::copy);
  }

  private DomainEventMessage<?> copy(DomainEventMessage<?> snapshot) {
    SerializedObject<String> json = serializer.serialize(snapshot.getPayload(), String.class);
    KeyRing restored = serializer.deserialize(json);
    return new GenericDomainEventMessage<>(
        snapshot.getType(),
        snapshot.getAggregateIdentifier(),
        snapshot.getSequenceNumber(),
        restored);
  }
}
