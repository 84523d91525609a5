package dev.keyledger.query.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** Traces for tests, which can be made to be impossible. */
public final class RecordedTraces implements ReadTraces {
  private final List<ReadTrace> written = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  /** Lets no trace be written from now on, or lets them again. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** The traces of a reader. */
  public List<ReadTrace> of(String reader) {
    return written.stream().filter(trace -> trace.by().equals(reader)).toList();
  }

  @Override
  public Mono<Void> write(ReadTrace trace) {
    return Mono.fromRunnable(() -> {
      if (down) {
        throw new IllegalStateException("inside: 10.0.0.7:9092");
      }
      written.add(trace);
    });
  }
}
