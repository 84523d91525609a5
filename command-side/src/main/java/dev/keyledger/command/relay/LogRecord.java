package dev.keyledger.command.relay;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.tlog.Hash;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An event on its way into the log and to Kafka.
 *
 * @param record as it goes to Kafka, but for its log index
 * @param position of the event in its account
 * @param leaf what it is in the log
 */
record LogRecord(ProducerRecord<String, byte[]> record, long position, Hash leaf) {

  String accountId() {
    return record.key();
  }

  /** The record at its place in the log; each asking makes another one. */
  ProducerRecord<String, byte[]> at(long logIndex) {
    ProducerRecord<String, byte[]> placed =
        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers());
    placed
        .headers()
        .add(CloudEvents.LOG_INDEX, Long.toString(logIndex).getBytes(StandardCharsets.US_ASCII));
    return placed;
  }
}
