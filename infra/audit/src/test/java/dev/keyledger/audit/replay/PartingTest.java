package dev.keyledger.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.MemoryLog;
import dev.keyledger.audit.TestLog;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.replay.At;
import dev.keyledger.tlog.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartingTest {
  private static final int SIZE = 300;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 149, 150, 298, 299})
  void findsTheFirstEventThatTheOtherSideHasDifferently(int index) throws Exception {
    TestLog log = TestLog.of(SIZE);
    List<LogRecord> changed = new ArrayList<>(log.records());
    changed.set(index, new LogRecord(index, otherTime(index)));
    Replayer mine = new Replayer(new MemoryLog(log.records(), List.of()), SIZE);
    Replayer theirs = new Replayer(new MemoryLog(changed, List.of()), SIZE);
    AtomicInteger questions = new AtomicInteger();

    long found =
        new Parting(
                mine,
                at -> {
                  questions.incrementAndGet();
                  return theirs.replay(new At.Index(at), (_, _) -> {}).stateHash().toString();
                })
            .find(SIZE);

    assertThat(found).isEqualTo(index);
    assertThat(questions.get()).isLessThan(20);
  }

  /** As it was logged, an hour later: what it does is the same, and when it did is not. */
  private static LogEntry otherTime(int index) {
    KeyRingEvent event = TestLog.event(index % 3, index / 3);
    byte[] value = TestLog.json(event, event.occurredAt().plusSeconds(3600));
    return TestLog.entry(event.accountId(), TestLog.headers(event, index / 3 + 1), value);
  }
}
