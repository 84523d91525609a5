package dev.keyledger.command.relay;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import tools.jackson.databind.json.JsonMapper;

/** An event as it lies on Kafka: CloudEvents 1.0 in binary content mode. */
final class EventRecords {
  private final JsonMapper json = JsonMapper.builder().build();

  ProducerRecord<String, byte[]> of(KeyRingEvent event, long position) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.EVENTS, event.accountId(), json.writeValueAsBytes(event));
    Headers headers = record.headers();
    add(headers, CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE);
    add(headers, CloudEvents.ID, event.accountId() + ":" + position);
    add(headers, CloudEvents.SOURCE, CloudEvents.SOURCE_VALUE);
    add(headers, CloudEvents.TYPE, EventTypes.nameOf(event.getClass()));
    add(headers, CloudEvents.SUBJECT, event.accountId());
    add(headers, CloudEvents.TIME, event.occurredAt().toString());
    add(headers, CloudEvents.DATA_SCHEMA, EventTypes.schemaUri(event.getClass()));
    add(headers, CloudEvents.POSITION, Long.toString(position));
    add(headers, CloudEvents.CONTENT_TYPE, CloudEvents.CONTENT_TYPE_VALUE);
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
