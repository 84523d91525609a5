package dev.keyledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each task is what the broker answers to one poll. */
class FreshPollsTest {
  private static final TopicPartition FIRST = new TopicPartition("events", 0);
  private static final TopicPartition SECOND = new TopicPartition("events", 1);
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration LATER = Duration.ofMillis(250);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7); // as it may be, and wraps
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final Consumer<byte[], byte[]> consumer = FreshPolls.of(kafka, now::get);

  @BeforeEach
  void assign() {
    kafka.subscribe(List.of(FIRST.topic()));
    kafka.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    kafka.rebalance(List.of(FIRST, SECOND));
  }

  @Test
  void asksAgainWhileRecordsKeepComing() {
    answer(() -> add(FIRST, 0));
    answer(() -> add(FIRST, 1));
    assertThat(polled()).containsExactly("0@0");
    pass(AT_ONCE);
    answer(() -> {
      add(FIRST, 2);
      add(SECOND, 0);
    });

    assertThat(polled()).containsExactlyInAnyOrder("0@1", "0@2", "1@0");
  }

  @Test
  void keepsTheOffsetsThatAPollHasComeTo() {
    comeOnce();
    answer(() -> add(FIRST, 1));
    answer(() -> add(SECOND, 0));

    assertThat(consumer.poll(Duration.ZERO).nextOffsets()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void holdsNothingUpThatComesAfterAWhile() {
    comeOnce();
    pass(LATER);
    answer(() -> add(FIRST, 1));
    answer(() -> add(FIRST, 2));

    assertThat(polled()).containsExactly("0@1");
  }

  @Test
  void asksOnlyOnceWhereThereIsMuch() {
    comeOnce();
    answer(() -> {
      for (int i = 0; i < FreshPolls.MANY; i++) {
        add(FIRST, 1 + i);
      }
    });
    answer(() -> add(SECOND, 0));

    assertThat(polled()).hasSize(FreshPolls.MANY);
  }

  @Test
  void leavesOutWhatIsNoLongerItsOwn() {
    comeOnce();
    answer(() -> {
      add(FIRST, 1);
      add(SECOND, 0);
    });
    answer(() -> kafka.rebalance(List.of(SECOND)));

    assertThat(polled()).containsExactly("1@0");
  }

  @Test
  void leavesOutWhatWillBeReadAgain() {
    comeOnce();
    answer(() -> add(FIRST, 1));
    answer(() -> kafka.seek(FIRST, 0));

    assertThat(polled()).isEmpty();
  }

  @Test
  void givesWhatIsReadAgainOnlyOnce() {
    comeOnce();
    answer(() -> add(FIRST, 1));
    answer(() -> {
      kafka.seek(FIRST, 0);
      add(FIRST, 0);
      add(FIRST, 1);
    });

    assertThat(polled()).containsExactly("0@0", "0@1");
  }

  @Test
  void givesWhatItHasWhereTheBrokerIsGone() {
    comeOnce();
    answer(() -> add(FIRST, 1));
    answer(() -> kafka.setPollException(new KafkaException("gone")));

    assertThat(polled()).containsExactly("0@1");
  }

  @Test
  void isTheConsumerInAllElse() {
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThatThrownBy(() -> consumer.position(new TopicPartition("events", 7)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void comeOnce() {
    answer(() -> add(FIRST, 0));
    assertThat(polled()).containsExactly("0@0");
    pass(AT_ONCE);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void answer(Runnable task) {
    kafka.schedulePollTask(task);
  }

  private void add(TopicPartition partition, long offset) {
    kafka.addRecord(
        new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
  }

  private List<String> polled() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
    List<String> places = new ArrayList<>();
    records.forEach(record -> places.add(record.partition() + "@" + record.offset()));
    return places;
  }
}
