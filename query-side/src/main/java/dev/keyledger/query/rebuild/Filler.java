package dev.keyledger.query.rebuild;

import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic into one generation of the views, as far as it may. Where it stands is said by
 * the offsets in that generation alone, so that it can be broken off, taken over and gone on with.
 */
public final class Filler {
  private static final int MEGABYTE = 1024 * 1024;

  /**
   * So few that they are done with before the collector comes by: what it finds of them it takes
   * for lasting, and some ten thousand later it has to go through the whole heap.
   */
  private static final int RECORDS_AT_ONCE = 1_000;

  /** As many bytes, about. */
  private static final int FETCHED_AT_ONCE = MEGABYTE / 2;

  /**
   * A partition that was read to its end keeps the next one waiting for so long: the broker holds
   * the last fetch back for what may come, and there is one at a time. What is level is paused, so
   * that this is no poll every few milliseconds.
   */
  private static final int MOST_MILLIS_AT_AN_END = 3;

  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

  private final Reading reading;
  private final ViewStore into;
  private final BatchWriter writer;

  /** Up to where this filler wrote; the generation stands there, or further on. */
  private final Map<Integer, Long> written = new HashMap<>();

  private Map<Integer, Progress> reached = Map.of();
  private Window window;
  private @Nullable Window leaving;
  private @Nullable FutureTask<Boolean> writing;

  /**
   * @param consumer that belongs to no group
   */
  public Filler(
      String topic, Consumer<byte[], byte[]> consumer, ViewStore into, BatchWriter writer) {
    this.reading = new Reading(topic, consumer);
    this.into = into;
    this.writer = writer;
    this.window = Window.first(into, writer, false);
  }

  /**
   * The settings of a consumer that fills, made of those of another: in no group, since it reads
   * all of the topic, and no more at once than a small heap can take.
   */
  public static Map<String, Object> consuming(Map<String, Object> other) {
    Map<String, Object> settings = new HashMap<>(other);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.merge(ConsumerConfig.CLIENT_ID_CONFIG, "-rebuild", (id, suffix) -> "" + id + suffix);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MOST_MILLIS_AT_AN_END);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * MEGABYTE);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_AT_ONCE);
    return settings;
  }

  /** Goes to where the generation stands, in all partitions that there are. */
  public void start() {
    reached = stored();
    reading.start(reached);
  }

  /**
   * Reads on for a moment. What it reads is written once there is enough of it, or no more to be
   * read soon, and the next call reads on meanwhile.
   *
   * @param bound first offset of each partition that is not to be read; 0 where there is none
   * @return how far the generation is at least
   * @throws RuntimeException if it has to be started again
   */
  public Map<Integer, Progress> fill(Map<Integer, Long> bound, Duration patience) {
    if (reading.choose(bound) && window.isWorthwhile()) {
      write();
    }
    Duration wait = writing == null || reading.isFar() ? patience : Duration.ZERO;
    for (Progress step : window.take(read(reading.poll(bound, wait)))) {
      if (step.stop() != null) {
        reading.stopAt(step);
      }
    }
    if (!reading.isFar() || window.isFull()) {
      write();
    }
    return reached;
  }

  /** Whether there is much to be read yet, as far as the last call knew. */
  public boolean isFar() {
    return reading.isFar();
  }

  /** The end of each partition, of all that there are. */
  public Map<Integer, Long> ends() {
    return reading.ends();
  }

  /** The offset that a partition is read up to. */
  static long next(Map<Integer, Progress> stored, int partition) {
    Progress progress = stored.get(partition);
    return progress == null ? 0 : progress.nextOffset();
  }

  /** Finding out what records are is most of the work, so half of it is done on another thread. */
  private Batch read(List<ConsumerRecord<byte[], byte[]>> records) {
    int half = records.size() / 2;
    FutureTask<Batch> rest =
        begin("rebuild-read", () -> writer.read(records.subList(half, records.size())));
    return writer.read(records.subList(0, half)).and(result(rest));
  }

  /** Begins to write the window, once the one before is written. */
  private void write() {
    boolean asTaken = finishWriting();
    reached = stored(); // while nothing is on its way there
    if (!asTaken || isLost()) {
      startAgain();
    } else if (!window.isEmpty()) {
      beginWriting();
    }
  }

  private void beginWriting() {
    Window full = window;
    window = full.next();
    leaving = full;
    writing = begin("rebuild-write", full::write);
  }

  /** Returns false if the window was made of views that are others by now. */
  private boolean finishWriting() {
    FutureTask<Boolean> task = writing;
    Window left = leaving;
    if (task == null || left == null) {
      return true;
    }
    writing = null;
    leaving = null;
    window.letGoOfTheOneBefore();
    boolean asTaken = result(task);
    if (asTaken) {
      left.progress().forEach(step -> written.put(step.partition(), step.nextOffset()));
    }
    return asTaken;
  }

  private static <T> FutureTask<T> begin(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name(name).start(task);
    return task;
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a part of the rebuild failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether the generation was dropped: then it is filled from its start again. */
  private boolean isLost() {
    return written.entrySet().stream().anyMatch(it -> next(reached, it.getKey()) < it.getValue());
  }

  /**
   * Goes back to where the generation stands. Somebody else writes into it, or did before he could
   * move the offsets on, so from now on no account is taken for new.
   */
  private void startAgain() {
    window = Window.first(into, writer, true);
    written.clear();
    reading.goTo(reached);
  }

  private Map<Integer, Progress> stored() {
    return Objects.requireNonNull(into.progress().block(STORE_TIMEOUT));
  }
}
