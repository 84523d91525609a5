package dev.keyledger.query.memory;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.stream.Decoded;
import dev.keyledger.query.stream.Fold.Read;
import dev.keyledger.query.stream.Fold.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A memory that tests fill with events, by a clock of their own. */
public final class TestMemory {
  private final KeyMemory memory;
  private final Map<String, Long> positions = new HashMap<>();
  private final LiveKeys live;
  private final AtomicLong nanos = new AtomicLong(1);

  public TestMemory(InstantSource clock) {
    live = new LiveKeys(clock, nanos::get);
    memory = new KeyMemory(live::departed);
  }

  public LiveKeys live() {
    return live;
  }

  /** Everything is applied as of now. */
  public void caughtUp() {
    live.fresh(memory, nanos.get());
  }

  /** Time goes by without a word from the topic. */
  public void silence(long byNanos) {
    nanos.addAndGet(byNanos);
  }

  /** The next events of their accounts, each in partition 0. */
  public synchronized void apply(KeyRingEvent... events) {
    for (KeyRingEvent event : events) {
      long position = positions.merge(event.accountId(), 1L, Long::sum);
      read(0, new Decoded.Known(event.accountId(), position, event));
    }
  }

  /** Anything that a record can turn out to be. */
  public synchronized void read(int partition, Decoded record) {
    memory.apply(List.of(new Read(new Source(partition, 0), record)), Instant.EPOCH);
    live.advanced();
  }
}
