package dev.keyledger.command.relay;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import tools.jackson.databind.json.JsonMapper;

/** An event as it lies on Kafka: CloudEvents 1.0 in binary content mode. */
final class EventRecords {
  private final JsonMapper json = JsonMapper.builder().build();

  /**
   * An event that was read from the event store, for the log.
   *
   * @param value the event in JSON as it was stored, which is never written anew: what is once in
   *     the log must stay the same, whatever later versions would make of the event
   */
  LogRecord of(KeyRingEvent event, long position, byte[] value) {
    return logged(record(event, position, value), position);
  }

  /** The record of an event, as it would be without a log. */
  ProducerRecord<String, byte[]> record(KeyRingEvent event, long position, byte[] value) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.EVENTS, event.accountId(), value);
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

  /** What makes a record part of the log. */
  LogRecord logged(ProducerRecord<String, byte[]> record, long position) {
    return new LogRecord(record, position, entry(record).leafHash());
  }

  /**
   * An event that was read from its table, for the log.
   *
   * @param type under which it is stored
   * @throws LogFaultException if there is no such type
   */
  LogRecord of(String type, long position, byte[] value) {
    Class<? extends KeyRingEvent> event =
        EventTypes.named(type)
            .orElseThrow(() -> new LogFaultException("an event is of the unknown type " + type));
    return of(json.readValue(value, event), position, value);
  }

  private static LogEntry entry(ProducerRecord<String, byte[]> record) {
    try {
      LogEntry.Builder entry = LogEntry.builder();
      for (Header header : record.headers()) {
        entry.header(header.key(), header.value());
      }
      return entry.build(record.key().getBytes(StandardCharsets.UTF_8), record.value());
    } catch (MalformedException e) {
      throw new LogFaultException("an event can't be in the log: " + e.getMessage());
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
