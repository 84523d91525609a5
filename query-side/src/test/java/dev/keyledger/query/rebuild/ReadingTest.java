package dev.keyledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.views.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order partitions are read, and how far. */
class ReadingTest {
  private static final String TOPIC = "events";
  private static final Node[] NOWHERE = {};
  private static final int AT_ONCE = 500;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final Reading reading = new Reading(TOPIC, consumer);
  private final Map<Integer, Long> bound = new HashMap<>();
  private final Map<Integer, Long> ends = new HashMap<>();

  @BeforeEach
  void begin() {
    consumer.updatePartitions(
        TOPIC,
        List.of(
            new PartitionInfo(TOPIC, 0, Node.noNode(), NOWHERE, NOWHERE),
            new PartitionInfo(TOPIC, 1, Node.noNode(), NOWHERE, NOWHERE)));
    consumer.setMaxPollRecords(AT_ONCE);
    reading.start(Map.of());
  }

  @Test
  void whatIsLongIsReadOneAfterTheOther() {
    grow(0, 3_000);
    grow(1, 3_000);

    assertThat(polls(12))
        .containsExactly("0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1");
  }

  @Test
  void whatIsShortIsReadTogether() {
    grow(0, 100);
    grow(1, 100);

    assertThat(polls(1)).containsExactly("0 1");
  }

  @Test
  void oneThatGoesOnKeepsNobodyWaiting() {
    grow(0, 3_000);
    grow(1, 3_000);
    List<String> polls = new ArrayList<>();

    for (int i = 0; i < 13; i++) {
      grow(0, 10);
      polls.addAll(polls(1));
    }

    assertThat(polls).containsSubsequence("0", "1", "1", "1", "1", "1", "1");
  }

  @Test
  void theEndOfALongOneIsTold() {
    grow(0, 3_000);

    List<Boolean> ended =
        IntStream.range(0, 8)
            .mapToObj(_ -> {
              boolean told = reading.choose(bound);
              reading.poll(bound, Duration.ZERO);
              return told;
            })
            .toList();

    assertThat(ended).containsExactly(false, false, false, false, false, false, true, false);
  }

  @Test
  void nothingIsReadBeyondABound() {
    grow(0, 100);
    bound.put(0, 40L);

    assertThat(offsets()).hasSize(40).endsWith(39L);
    assertThat(offsets()).isEmpty();
  }

  @Test
  void nothingIsReadBeyondAStopUntilItGoesSomewhereElse() {
    grow(0, 100);
    offsets();
    reading.stopAt(new Progress(0, 40, new Progress.Stop("dev.keyledger.X.v1", Instant.EPOCH)));
    add(0, 40, 100);
    assertThat(offsets()).isEmpty();

    reading.goTo(Map.of(0, new Progress(0, 40, null)));
    assertThat(offsets()).hasSize(60).startsWith(40L);
  }

  /** Which partitions each of so many polls gave records of. */
  private List<String> polls(int number) {
    List<String> polls = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      boolean _ = reading.choose(bound);
      List<String> partitions =
          reading.poll(bound, Duration.ZERO).stream()
              .map(record -> "" + record.partition())
              .distinct()
              .sorted()
              .toList();
      polls.add(String.join(" ", partitions));
    }
    return polls;
  }

  private List<Long> offsets() {
    boolean _ = reading.choose(bound);
    return reading.poll(bound, Duration.ZERO).stream().map(ConsumerRecord::offset).toList();
  }

  /** Makes a partition longer, and its bound with it. */
  private void grow(int partition, int by) {
    long end = ends.getOrDefault(partition, 0L);
    add(partition, end, end + by);
    ends.put(partition, end + by);
    bound.put(partition, end + by);
  }

  private void add(int partition, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      consumer.addRecord(new ConsumerRecord<>(TOPIC, partition, offset, new byte[0], new byte[0]));
    }
    consumer.updateEndOffsets(Map.of(new TopicPartition(TOPIC, partition), to));
  }
}
