package dev.keyledger.query.audit;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import dev.keyledger.query.TestTopic;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.NoteSigner;
import dev.keyledger.tlog.VerifierKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogIntakeTest {
  private static final VerifierKey KEY = TestLog.SIGNER.verifierKey();

  private final InMemoryLogStore store = new InMemoryLogStore();
  private final LogStatus status = new LogStatus();
  private final TestLog log = new TestLog();
  private Instant now = NOON;
  private final LogIntake intake = new LogIntake(store, List.of(KEY), status, () -> now);

  @Test
  void takesWhatIsLoggedAndPassesOverWhatIsNot() {
    log.add(keyCreated("alice", "k1"));
    log.add(keyCreated("alice", "k2"));

    take(
        TestTopic.record(Topics.EVENTS, keyCreated("alice", "k1"), 1),
        TestLog.record(0, keyCreated("alice", "k1"), 1),
        TestLog.record(1, keyCreated("alice", "k2"), 2),
        TestLog.record(0, keyCreated("alice", "k1"), 1));

    assertThat(status.size()).isEqualTo(2);
    assertThat(status.alarms()).isZero();
    assertThat(judge(log.checkpoint(2))).isEqualTo(1);
    assertThat(status.checkpointSize()).isEqualTo(2);
  }

  @Test
  void saysThatAnotherEventHasAnIndex() {
    take(TestLog.record(0, keyCreated("alice", "k1"), 1));
    take(TestLog.record(0, keyCreated("alice", "k2"), 1));

    assertThat(status.alarms()).isEqualTo(1);
    assertThat(store.raised())
        .singleElement()
        .satisfies(
            alarm -> assertThat(alarm.text()).contains("log index 0").doesNotContain("alice"));
    take(TestLog.record(0, keyCreated("alice", "k2"), 1));
    assertThat(status.alarms()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("recordsThatAreNoLeaves")
  void saysThatARecordCanBeNoLeaf(ProducerRecord<String, byte[]> record) {
    take(record);

    assertThat(status.alarms()).isEqualTo(1);
    assertThat(status.size()).isZero();
  }

  static Stream<ProducerRecord<String, byte[]>> recordsThatAreNoLeaves() {
    return Stream.of(
        TestLog.record(-1, keyCreated("alice", "k1"), 1),
        TestTopic.header(good(), CloudEvents.LOG_INDEX, "one"),
        withNull(CloudEvents.LOG_INDEX),
        withNull(CloudEvents.POSITION),
        TestTopic.header(good(), CloudEvents.POSITION, "one"),
        TestTopic.header(good(), CloudEvents.TIME, "noon"),
        without(CloudEvents.TYPE),
        without(CloudEvents.POSITION),
        without(CloudEvents.TIME),
        TestTopic.value(good(), new byte[70_000]));
  }

  @Test
  void aCheckpointWaitsForItsTree() {
    log.add(keyCreated("alice", "k1"));
    log.add(keyCreated("alice", "k2"));
    take(TestLog.record(0, keyCreated("alice", "k1"), 1));

    assertThat(judge(log.checkpoint(1), log.checkpoint(2), log.checkpoint(1))).isEqualTo(1);
    assertThat(status.checkpointSize()).isEqualTo(1);

    take(TestLog.record(1, keyCreated("alice", "k2"), 2));
    assertThat(judge(log.checkpoint(2))).isEqualTo(1);
    assertThat(status.checkpointSize()).isEqualTo(2);
    assertThat(status.alarms()).isZero();
  }

  @Test
  void anEventThatDoesNotComeIsNoticed() {
    log.add(keyCreated("alice", "k1"));
    log.add(keyCreated("alice", "k2"));
    take(TestLog.record(0, keyCreated("alice", "k1"), 1));
    judge(log.checkpoint(2));
    now = now.plus(Standstill.TOO_LONG); // no checkpoint could be read meanwhile
    judge(log.checkpoint(2));
    assertThat(status.stands()).isFalse();

    for (int seconds = 0; seconds < Standstill.TOO_LONG.toSeconds(); seconds++) {
      assertThat(status.stands()).isFalse();
      now = now.plusSeconds(1);
      judge(log.checkpoint(2));
    }
    assertThat(status.stands()).isTrue();

    take(TestLog.record(1, keyCreated("alice", "k2"), 2));
    assertThat(status.stands()).isFalse();
    assertThat(status.alarms()).isZero();
  }

  @Test
  void servesNoCheckpointThatDoesNotFit() {
    log.add(keyCreated("alice", "k1"));
    take(TestLog.record(0, keyCreated("alice", "k1"), 1));
    Hash wrong = Hash.ofLeaf(new byte[] {1});

    assertThat(
            judge(
                TestLog.checkpoint(1, wrong, TestLog.SIGNER),
                TestLog.checkpoint(1, log.root(1), TestLog.signer(TestLog.ORIGIN, 2)),
                TestLog.checkpoint(1, log.root(1), TestLog.signer("other.example/log", 1)),
                log.checkpoint(1).replace("\n1\n", "\n0\n"),
                "",
                "not a note"))
        .isEqualTo(6);

    assertThat(status.alarms()).isEqualTo(6);
    assertThat(store.checkpoint().block()).isNull();
  }

  @Test
  void aKeyThatWasReplacedCountsForWhatItSignedBefore() {
    for (int n = 0; n < 4; n++) {
      log.add(keyCreated("alice", "k" + n));
      take(TestLog.record(n, keyCreated("alice", "k" + n), n + 1));
    }
    NoteSigner present = TestLog.signer(TestLog.ORIGIN, 2);
    LogIntake afterTheChange =
        new LogIntake(store, List.of(present.verifierKey(), KEY), status, () -> NOON);

    judge(afterTheChange, log.checkpoint(1), log.checkpoint(2));
    assertThat(status.checkpointSize()).isEqualTo(2);
    judge(afterTheChange, TestLog.checkpoint(3, log.root(3), present), log.checkpoint(2));
    assertThat(status.checkpointSize()).isEqualTo(3);
    assertThat(status.alarms()).isZero();

    // In the batch and in any later one: an old key that was stolen vouches for nothing new.
    judge(afterTheChange, log.checkpoint(4));
    judge(
        new LogIntake(store, List.of(present.verifierKey(), KEY), status, () -> NOON),
        log.checkpoint(4));
    assertThat(store.raised())
        .singleElement()
        .satisfies(
            alarm -> assertThat(alarm.text()).contains("a key signed it that had been replaced"));
    assertThat(status.checkpointSize()).isEqualTo(3);
  }

  @Test
  void judgesNoneWithoutAKey() {
    assertThat(intake.judges()).isTrue();
    assertThat(new LogIntake(store, List.of(), status, () -> NOON).judges()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void knowsAfterARestartWhatTheStoreHas(int events) {
    for (int n = 0; n < events; n++) {
      log.add(keyCreated("alice", "k" + n));
    }
    store.take(log);
    store.raise(new Alarm("x", "is wrong", NOON)).block();

    intake.start();

    assertThat(status.size()).isEqualTo(events);
    assertThat(status.checkpointSize()).isEqualTo(events);
    assertThat(status.alarms()).isEqualTo(1);
  }

  private static ProducerRecord<String, byte[]> good() {
    return TestLog.record(0, keyCreated("alice", "k1"), 1);
  }

  private static ProducerRecord<String, byte[]> without(String header) {
    ProducerRecord<String, byte[]> record = good();
    record.headers().remove(header);
    return record;
  }

  private static ProducerRecord<String, byte[]> withNull(String header) {
    ProducerRecord<String, byte[]> record = without(header);
    record.headers().add(header, null);
    return record;
  }

  @SafeVarargs
  private void take(ProducerRecord<String, byte[]>... sent) {
    intake.takeEvents(IntStream.range(0, sent.length).mapToObj(n -> consumed(n, sent[n])).toList());
    intake.grow();
  }

  private int judge(String... notes) {
    return judge(intake, notes);
  }

  private static int judge(LogIntake judge, String... notes) {
    return judge.takeCheckpoints(
        IntStream.range(0, notes.length)
            .mapToObj(n ->
                new ConsumerRecord<>(
                    Topics.CHECKPOINTS, 0, n, new byte[0], notes[n].getBytes(UTF_8)))
            .toList());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      long offset, ProducerRecord<String, byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        sent.key().getBytes(UTF_8),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }
}
