package dev.keyledger.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BrokerReaderTest {
  private static final int MORE_THAN_MAY_WAIT = 200_001;
  private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);

  @Test
  void whoFollowsTheLogIsToldOfAGapAndOfNoCheckpoint() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    try (BrokerReader reader =
        new BrokerReader(consumer, List.of(PARTITION), 0, Map.of(), BrokerReader.ENDLESS)) {
      for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
        consumer.addRecord(record(i, i + 1));
      }

      assertThatExceptionOfType(TamperedException.class)
          .isThrownBy(reader::next)
          .withMessage("index 0 is missing, and 200,001 events after it came")
          .matches(e -> e.index() == 0);
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, long index) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(Topics.EVENTS, 0, offset, new byte[0], new byte[0]);
    record.headers().add(CloudEvents.LOG_INDEX, Long.toString(index).getBytes(UTF_8));
    return record;
  }
}
