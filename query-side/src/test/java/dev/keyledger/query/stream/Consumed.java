package dev.keyledger.query.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Records as they are read. */
public final class Consumed {
  private Consumed() {}

  /** What a consumer gets for a record that was sent. */
  public static ConsumerRecord<byte[], byte[]> of(
      ProducerRecord<String, byte[]> sent, int partition, long offset) {
    byte[] key = sent.key() == null ? null : sent.key().getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(sent.topic(), partition, offset, key, sent.value());
    for (Header header : sent.headers()) {
      record.headers().add(header);
    }
    return record;
  }
}
