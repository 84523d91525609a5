package dev.keyledger.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.TestLog;
import dev.keyledger.tlog.LogEntry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final LogEntry ENTRY = TestLog.entry("acct", Map.of(), new byte[] {1});
  private static final int RECORDS = 123_456;

  private final Numbers numbers = new Numbers();

  @Test
  void givesOutAllInTheirOrder() throws Exception {
    try (LogReader reader = new ReadAhead(numbers)) {
      for (long index = 0; index < RECORDS; index++) {
        LogRecord next = reader.next();
        assertThat(next).isNotNull();
        assertThat(next.index()).isEqualTo(index);
      }
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
      assertThat(reader.repeats()).isEqualTo(RECORDS);
      assertThat(reader.offsets()).isEqualTo(Map.of(0, (long) RECORDS));
    }
  }

  @Test
  void whoGoesOnFromItsPlaceMissesNothing() throws Exception {
    long furthest = 0;
    try (LogReader reader = new ReadAhead(numbers)) {
      for (long taken = 0; taken < RECORDS; taken++) {
        assertThat(reader.offsets().get(0)).isLessThanOrEqualTo(taken);
        furthest = Math.max(furthest, reader.offsets().getOrDefault(0, 0L));
        reader.next();
      }
    }
    assertThat(furthest).isGreaterThan(RECORDS / 2);
  }

  @Test
  void readsNoFurtherAheadThanMemoryAllows() {
    int batches = 8 + 1;
    assertThat(readAhead(ENTRY)).isEqualTo(500L * batches);

    LogEntry large = TestLog.entry("acct", Map.of(), new byte[64_000]);
    assertThat(readAhead(large)).isEqualTo(9L * batches); // 512 KB and a little
  }

  /** How many records are read while nobody takes them. */
  private static long readAhead(LogEntry entry) {
    Numbers numbers = new Numbers();
    numbers.entry = entry;
    LogReader reader = new ReadAhead(numbers);
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(it -> it.getName().equals("log-reader"))
            .findFirst()
            .orElseThrow();
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    reader.close();
    return numbers.next;
  }

  @Test
  void aFailureComesAfterWhatWasReadBeforeIt() throws Exception {
    numbers.failure = new TamperedException(700, "index 700 is missing");
    try (LogReader reader = new ReadAhead(numbers)) {
      for (long index = 0; index < 700; index++) {
        assertThat(reader.next()).isNotNull();
      }
      assertThatExceptionOfType(TamperedException.class).isThrownBy(reader::next);
    }
  }

  @Test
  void aDefectIsNoEndOfTheLog() {
    numbers.defect = new OutOfMemoryError("as if");
    try (LogReader reader = new ReadAhead(numbers)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(reader::next)
          .withCause(numbers.defect);
    }
  }

  @Test
  void whoCanNotTellItsPlaceAnyMoreFails() throws Exception {
    numbers.placeless = new IllegalStateException("as if");
    try (LogReader reader = new ReadAhead(numbers)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> {
            while (reader.next() != null) {}
          })
          .withCause(numbers.placeless);
    }
  }

  @Test
  void endsBeforeItsReaderIsClosed() {
    new ReadAhead(numbers).close();

    assertThat(numbers.closed.get()).isEqualTo(1);
    assertThat(numbers.usedAfterClose).isFalse();
  }

  /** Reads 0, 1, 2 …, and counts each as an offset and a repeat. */
  private static final class Numbers implements LogReader {
    private final AtomicInteger closed = new AtomicInteger();
    private @Nullable TamperedException failure;
    private @Nullable Error defect;
    private @Nullable RuntimeException placeless;
    private LogEntry entry = ENTRY;
    private volatile boolean usedAfterClose;
    private long next;

    @Override
    public @Nullable LogRecord next() throws TamperedException {
      usedAfterClose |= closed.get() > 0;
      if (defect != null) {
        throw defect;
      }
      if (failure != null && next == failure.index()) {
        throw failure;
      }
      return next == RECORDS ? null : new LogRecord(next++, entry);
    }

    @Override
    public Map<Integer, Long> offsets() {
      if (placeless != null && next > 0 && next < RECORDS) {
        throw placeless;
      }
      return Map.of(0, next);
    }

    @Override
    public long repeats() {
      return next;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
