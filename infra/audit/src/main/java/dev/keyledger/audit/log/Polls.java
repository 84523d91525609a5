package dev.keyledger.audit.log;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Polls of a consumer, which by itself waits for ever for a broker that went away. */
final class Polls {
  private static final Duration EACH = Duration.ofMillis(200);
  private static final long MOST_SILENT = Duration.ofMinutes(1).dividedBy(EACH);

  private final Consumer<byte[], byte[]> consumer;
  private long silent;

  Polls(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * What came, if anything did.
   *
   * @param mayBeSilent whether it is fine that nothing comes for long
   * @throws UncheckedLogException if nothing came for a minute although something should
   */
  ConsumerRecords<byte[], byte[]> next(boolean mayBeSilent) throws UncheckedLogException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(EACH);
    silent = records.isEmpty() ? silent + 1 : 0;
    if (silent > MOST_SILENT && !mayBeSilent) {
      throw new UncheckedLogException("Kafka has more records, and gave none for a minute");
    }
    return records;
  }
}
