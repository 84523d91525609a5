package dev.keyledger.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.TestLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private final List<LogRecord> records = TestLog.of(200).records();

  @Test
  void putsRecordsInOrder() throws Exception {
    List<LogRecord> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(1));
    Sequencer sequencer = new Sequencer(0);
    List<LogRecord> taken = new ArrayList<>();
    for (LogRecord record : shuffled) {
      sequencer.offer(record, 0, 0);
      for (LogRecord next = sequencer.take(); next != null; next = sequencer.take()) {
        taken.add(next);
      }
    }

    assertThat(taken).isEqualTo(records);
    assertThat(sequencer.waiting()).isZero();
    assertThat(sequencer.repeats()).isZero();
  }

  @Test
  void waitsForAMissingOne() throws Exception {
    Sequencer sequencer = new Sequencer(0);
    sequencer.offer(records.get(1), 0, 0);

    assertThat(sequencer.take()).isNull();
    assertThat(sequencer.next()).isZero();
  }

  @Test
  void dropsRepeatsWhetherTheyWereTakenOrWait() throws Exception {
    Sequencer sequencer = new Sequencer(0);
    sequencer.offer(records.get(0), 0, 0);
    assertThat(sequencer.take()).isEqualTo(records.get(0));
    sequencer.offer(records.get(0), 0, 1);
    sequencer.offer(records.get(2), 0, 2);
    sequencer.offer(records.get(2), 0, 3);

    assertThat(sequencer.repeats()).isEqualTo(2);
    assertThat(sequencer.waiting()).isOne();
  }

  @Test
  void twoRecordsOfOneIndexAreTampering() throws Exception {
    Sequencer sequencer = new Sequencer(0);
    sequencer.offer(records.get(0), 0, 0);
    sequencer.offer(records.get(2), 0, 1);
    Objects.requireNonNull(sequencer.take());

    for (int index : new int[] {0, 2}) {
      LogRecord other = new LogRecord(index, records.get(7).entry());
      assertThatExceptionOfType(TamperedException.class)
          .isThrownBy(() -> sequencer.offer(other, 0, 2))
          .withMessage("index " + index + " is there twice, with different bytes")
          .matches(e -> e.index() == index);
    }
  }

  @Test
  void passesOverWhatIsBeforeTheFirst() throws Exception {
    Sequencer sequencer = new Sequencer(5);
    sequencer.offer(records.get(4), 0, 0);
    sequencer.offer(records.get(5), 0, 1);

    assertThat(sequencer.take()).isEqualTo(records.get(5));
    assertThat(sequencer.repeats()).isZero();
  }

  @Test
  void tellsWhereWaitingRecordsCameFrom() throws Exception {
    Sequencer sequencer = new Sequencer(0);
    sequencer.offer(records.get(3), 1, 70);
    sequencer.offer(records.get(2), 1, 71);
    sequencer.offer(records.get(5), 2, 9);

    assertThat(sequencer.firstWaiting()).isEqualTo(Map.of(1, 70L, 2, 9L));
  }
}
