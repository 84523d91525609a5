package dev.keyledger.command.relay;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a key.
 *
 * @param value a {@link LiveKey} in JSON; null if the key was deleted
 * @param position of the event that made it so, in its account
 * @param logIndex of the same event, in the log of all accounts
 * @param changedAt when it was decided, RFC 3339
 */
record LiveKeyRow(
    String publicApiKey,
    String accountId,
    @Nullable String value,
    long position,
    long logIndex,
    String changedAt) {

  /** As a CloudEvents 1.0 event in binary content mode, with the headers that events have. */
  ProducerRecord<String, byte[]> record() {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topics.KEYS,
            publicApiKey,
            value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    add(record, CloudEvents.SPEC_VERSION, CloudEvents.SPEC_VERSION_VALUE);
    add(record, CloudEvents.ID, publicApiKey + ":" + logIndex);
    add(record, CloudEvents.SOURCE, CloudEvents.SOURCE_VALUE);
    add(record, CloudEvents.TYPE, LiveKey.TYPE);
    add(record, CloudEvents.SUBJECT, accountId);
    add(record, CloudEvents.TIME, changedAt);
    add(record, CloudEvents.DATA_SCHEMA, EventTypes.schemaUri(LiveKey.TYPE));
    add(record, CloudEvents.POSITION, Long.toString(position));
    add(record, CloudEvents.LOG_INDEX, Long.toString(logIndex));
    add(record, CloudEvents.CONTENT_TYPE, CloudEvents.CONTENT_TYPE_VALUE);
    return record;
  }

  private static void add(ProducerRecord<?, ?> record, String name, String text) {
    record.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
