package dev.keyledger.query.audit;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final TopicPartition EVENTS = new TopicPartition(Topics.EVENTS, 0);
  private static final TopicPartition CHECKPOINTS = new TopicPartition(Topics.CHECKPOINTS, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final InMemoryLogStore store = new InMemoryLogStore();
  private final TestLog log = new TestLog();
  private final LogStatus status = new LogStatus();

  LogReaderTest() {
    log.add(keyCreated("alice", "k1"));
    log.add(keyCreated("alice", "k2"));
    log.add(keyCreated("alice", "k3"));
  }

  @Test
  void goesOnFromTheOffsetsInTheStore() {
    store.advance(List.of(new Offset(Topics.EVENTS, 0, 7))).block();

    run(
        this::join,
        () -> {
          assertThat(consumer.position(EVENTS)).isEqualTo(7);
          assertThat(consumer.position(CHECKPOINTS)).isZero();
          sendEvent(7, 0);
        });

    assertThat(store.size().block()).isEqualTo(1);
    assertThat(store.offsets().block())
        .contains(new Offset(Topics.EVENTS, 0, 8), new Offset(Topics.CHECKPOINTS, 0, 0));
  }

  @Test
  void waitsWithACheckpointThatIsAheadOfTheTree() {
    run(
        this::join,
        () -> {
          sendEvent(0, 0);
          sendCheckpoint(0, 1);
          sendCheckpoint(1, 2);
        },
        () -> {
          assertThat(status.checkpointSize()).isEqualTo(1);
          assertThat(consumer.paused()).containsExactly(CHECKPOINTS);
          assertThat(consumer.position(CHECKPOINTS)).isEqualTo(1);
          sendEvent(1, 1);
        },
        () -> {
          assertThat(consumer.paused()).isEmpty();
          sendCheckpoint(1, 2);
        });

    assertThat(status.checkpointSize()).isEqualTo(2);
    assertThat(store.offsets().block()).contains(new Offset(Topics.CHECKPOINTS, 0, 2));
    assertThat(status.alarms()).isZero();
  }

  @Test
  void looksAtACheckpointAgainAlsoWhereEventsComeAllTheTime() {
    List<Runnable> steps = new ArrayList<>();
    steps.add(this::join);
    steps.add(() -> {
      sendEvent(0, 0);
      sendCheckpoint(0, 2);
    });
    for (int n = 1; n <= LogReader.MOST_POLLS_PAUSED; n++) {
      int offset = n;
      steps.add(() -> {
        assertThat(consumer.paused()).containsExactly(CHECKPOINTS);
        sendEvent(offset, 2); // that of index 1 does not come
      });
    }
    steps.add(() -> assertThat(consumer.paused()).isEmpty());

    run(steps.toArray(Runnable[]::new));
  }

  @Test
  void readsAgainWhatTheStoreLost() {
    run(
        this::join,
        () -> {
          sendEvent(0, 0);
          sendEvent(1, 1);
        },
        () -> {
          assertThat(store.size().block()).isEqualTo(2);
          store.clear();
          sendEvent(2, 2);
        },
        () -> {
          assertThat(consumer.position(EVENTS)).isZero();
          assertThat(store.offsets().block()).isEmpty();
          sendEvent(0, 0);
          sendEvent(1, 1);
          sendEvent(2, 2);
        });

    assertThat(store.size().block()).isEqualTo(3);
  }

  /** Polls once for each step, which comes just before. */
  private void run(Runnable... steps) {
    Queue<Runnable> left = new ArrayDeque<>(List.of(steps));
    left.forEach(consumer::schedulePollTask);
    LogIntake intake =
        new LogIntake(store, List.of(TestLog.SIGNER.verifierKey()), status, () -> NOON);
    new LogReader(Topics.EVENTS, Topics.CHECKPOINTS, consumer, store, intake)
        .read(() -> left.poll() != null);
  }

  private void join() {
    consumer.rebalance(List.of(EVENTS, CHECKPOINTS));
    consumer.updateBeginningOffsets(Map.of(EVENTS, 0L, CHECKPOINTS, 0L));
  }

  private void sendEvent(long offset, int index) {
    LoggedEvent event = log.events().get(index);
    ProducerRecord<String, byte[]> record =
        TestLog.record(index, keyCreated("alice", "k" + (index + 1)), event.position());
    consumer.addRecord(
        new ConsumerRecord<>(
            Topics.EVENTS,
            0,
            offset,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            record.key().getBytes(UTF_8),
            record.value(),
            record.headers(),
            Optional.empty()));
  }

  private void sendCheckpoint(long offset, long size) {
    consumer.addRecord(
        new ConsumerRecord<>(
            Topics.CHECKPOINTS, 0, offset, new byte[0], log.checkpoint(size).getBytes(UTF_8)));
  }
}
