package dev.keyledger.audit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log in a thread of its own, a little ahead, so that fetching and hashing records goes on
 * while somebody works with those that came before. Nobody else may touch the reader in it.
 */
public final class ReadAhead implements LogReader {
  private static final int BATCH = 500;

  /** Of entries as they are, 500 have less; of the largest ones, a batch has a few. */
  private static final int BYTES_OF_BATCH = 512 << 10;

  /** What waits for long in a small heap is taken for lasting. */
  private static final int MOST_BATCHES = 8;

  /** Telling the place takes a while. */
  private static final int BATCHES_FROM_PLACE_TO_PLACE = 100;

  private final LogReader reader;
  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(MOST_BATCHES);
  private final Thread thread;
  private Batch current;
  private int at;

  /** Where the reader was at the beginning of a batch, or at that of one before it. */
  private record Place(Map<Integer, Long> offsets, long repeats) {}

  /**
   * Some records.
   *
   * @param end what comes after them: why there are no more, or nothing yet
   */
  private record Batch(List<LogRecord> records, Place place, @Nullable End end) {}

  private sealed interface End {
    record Reached(Place place) implements End {}

    record Failed(Throwable failure) implements End {}
  }

  /** Begins to read at once. */
  public ReadAhead(LogReader reader) {
    this.reader = reader;
    this.current = new Batch(List.of(), place(), null);
    this.thread = Thread.ofPlatform().daemon().name("log-reader").start(this::read);
  }

  private Place place() {
    return new Place(reader.offsets(), reader.repeats());
  }

  private void read() {
    Place place = current.place();
    try {
      for (int n = 1; ; n++) {
        Batch batch = batch(place, n % BATCHES_FROM_PLACE_TO_PLACE == 0);
        batches.put(batch);
        if (batch.end() != null) {
          return;
        }
        place = batch.place();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whoever waits for the next record is to get it
  private Batch batch(Place last, boolean tellPlace) {
    List<LogRecord> records = new ArrayList<>(BATCH);
    Place place = last;
    try {
      if (tellPlace) {
        place = place();
      }
      for (int bytes = 0; records.size() < BATCH && bytes < BYTES_OF_BATCH; ) {
        LogRecord next = reader.next();
        if (next == null) {
          return new Batch(records, place, new End.Reached(place()));
        }
        records.add(next);
        bytes += next.entry().size();
      }
      return new Batch(records, place, null);
    } catch (Throwable failure) {
      return new Batch(records, place, new End.Failed(failure));
    }
  }

  @Override
  public @Nullable LogRecord next() throws TamperedException, UncheckedLogException {
    while (at == current.records().size()) {
      switch (current.end()) {
        case null -> {
          current = take();
          at = 0;
        }
        case End.Reached _ -> {
          return null;
        }
        case End.Failed(TamperedException failure) -> throw failure;
        case End.Failed(UncheckedLogException failure) -> throw failure;
        case End.Failed(Throwable failure) ->
            throw new IllegalStateException("the log can't be read", failure);
      }
    }
    return current.records().get(at++);
  }

  private Batch take() throws UncheckedLogException {
    try {
      return batches.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedLogException("interrupted");
    }
  }

  /** Those of a record that came at most some batches before the next one. */
  @Override
  public Map<Integer, Long> offsets() {
    return here().offsets();
  }

  @Override
  public long repeats() {
    return here().repeats();
  }

  private Place here() {
    return current.end() instanceof End.Reached(Place last) && at == current.records().size()
        ? last
        : current.place();
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    reader.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
