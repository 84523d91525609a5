package dev.keyledger.command.store;

import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** An event as a row of the event store, in Axon's columns. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EventRow(
    String identifier,
    String accountId,
    long sequenceNumber,
    String type,
    String timestamp,
    String payloadType,
    @Nullable String payloadRevision,
    byte[] payload,
    byte[] metaData) {
  static EventRow of(DomainEventMessage<?> event, Serializer serializer) {
    SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
    return new EventRow(
        event.getIdentifier(),
        event.getAggregateIdentifier(),
        event.getSequenceNumber(),
        event.getType(),
        DateTimeUtils.formatInstant(event.getTimestamp()),
        payload.getType().getName(),
        payload.getType().getRevision(),
        payload.getData(),
        event.serializeMetaData(serializer, byte[].class).getData());
  }
}
