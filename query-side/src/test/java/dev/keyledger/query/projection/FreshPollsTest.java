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

/** What {@link #answer} takes is what the broker answers to one poll. */
class FreshPollsTest {
  private static final TopicPartition FIRST = new TopicPartition("events", 0);
  private static final TopicPartition SECOND = new TopicPartition("events", 1);
  private static final Duration A_WHILE = Duration.ofMillis(50);

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
  void asksAgainWhereRecordsLayThere() {
    answer(() -> add(FIRST, 0));
    answer(() -> {
      add(FIRST, 1);
      add(SECOND, 0);
    });

    assertThat(polled()).containsExactlyInAnyOrder("0@0", "0@1", "1@0");
  }

  @Test
  void keepsTheOffsetsThatBothPollsHaveComeTo() {
    answer(() -> add(FIRST, 0));
    answer(() -> add(SECOND, 0));

    assertThat(consumer.poll(Duration.ZERO).nextOffsets()).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void holdsNothingUpThatWasWaitedFor() {
    answer(() -> {
      now.addAndGet(A_WHILE.toNanos());
      add(FIRST, 0);
    });
    answer(() -> add(FIRST, 1));

    assertThat(polled()).containsExactly("0@0");
  }

  @Test
  void asksOnlyOnceWhereNothingCame() {
    answer(() -> {});
    answer(() -> add(FIRST, 0));

    assertThat(polled()).isEmpty();
  }

  @Test
  void asksOnlyOnceWhereThereIsMuch() {
    answer(() -> {
      for (int i = 0; i < FreshPolls.MANY; i++) {
        add(FIRST, i);
      }
    });
    answer(() -> add(SECOND, 0));

    assertThat(polled()).hasSize(FreshPolls.MANY);
  }

  @Test
  void leavesOutWhatIsNoLongerItsOwn() {
    answer(() -> {
      add(FIRST, 0);
      add(SECOND, 0);
    });
    answer(() -> kafka.rebalance(List.of(SECOND)));

    assertThat(polled()).containsExactly("1@0");
  }

  @Test
  void leavesOutWhatWillBeReadAgain() {
    answer(() -> {
      add(FIRST, 0);
      add(SECOND, 0);
    });
    answer(() -> {
      kafka.rebalance(List.of(SECOND));
      kafka.rebalance(List.of(FIRST, SECOND));
      consumer.seek(FIRST, 0); // as the listener does with what it is given
    });

    assertThat(polled()).containsExactly("1@0");
    answer(() -> add(FIRST, 0));
    assertThat(polled()).containsExactly("0@0");
  }

  @Test
  void givesWhatIsReadAgainOnlyOnce() {
    answer(() -> add(FIRST, 0));
    answer(() -> {
      consumer.seekToBeginning(List.of(FIRST));
      add(FIRST, 0);
      add(FIRST, 1);
    });

    assertThat(polled()).containsExactly("0@0", "0@1");
  }

  @Test
  void goesOnAfterASeekBetweenPolls() {
    answer(() -> add(FIRST, 0));
    answer(() -> {});
    assertThat(polled()).containsExactly("0@0");
    consumer.seek(FIRST, 0); // the batch is to be read again
    answer(() -> add(FIRST, 0));
    answer(() -> add(FIRST, 1));

    assertThat(polled()).containsExactly("0@0", "0@1");
  }

  @Test
  void givesWhatItHasBeforeItSaysThatTheSecondPollFailed() {
    answer(() -> add(FIRST, 0));
    answer(() -> {
      throw new IllegalStateException("fenced");
    });
    assertThat(polled()).containsExactly("0@0");
    answer(() -> add(FIRST, 1));

    assertThatThrownBy(this::polled).hasMessage("fenced");

    assertThat(polled()).containsExactly("0@1");
  }

  @Test
  void throwsAtOnceWhatNoRecordsWentBefore() {
    kafka.setPollException(new KafkaException("gone"));

    assertThatThrownBy(this::polled).hasMessage("gone");
  }

  @Test
  void isTheConsumerInAllElse() {
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThatThrownBy(() -> consumer.position(new TopicPartition("events", 7)))
        .isInstanceOf(IllegalArgumentException.class);
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
