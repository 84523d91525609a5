package dev.keyledger.query.rebuild;

import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic into one generation of the views, as far as it may. Where it stands is said by
 * the offsets in that generation alone, so that it can be broken off, taken over and gone on with.
 */
public final class Filler {
  private static final int MEGABYTE = 1024 * 1024;
  private static final int RECORDS_AT_ONCE = 5_000;

  /** Records of a partition that are read as they come, together with those of the others. */
  private static final int NEAR = 2_000;

  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final ViewStore into;
  private final BatchWriter writer;
  private List<TopicPartition> partitions = List.of();

  /** Up to where this filler wrote; the generation stands there, or further on. */
  private final Map<Integer, Long> written = new HashMap<>();

  private Map<Integer, Progress> reached = Map.of();
  private Window window;
  private @Nullable Window leaving;
  private @Nullable FutureTask<Boolean> writing;
  private @Nullable TopicPartition far;

  /** Where this version stopped; another one may know what comes there. */
  private final Map<Integer, Long> stops = new HashMap<>();

  /**
   * @param consumer that belongs to no group
   */
  public Filler(
      String topic, Consumer<byte[], byte[]> consumer, ViewStore into, BatchWriter writer) {
    this.topic = topic;
    this.consumer = consumer;
    this.into = into;
    this.writer = writer;
    this.window = Window.first(into, writer, false);
  }

  /**
   * The settings of a consumer that fills, made of those of another: in no group, since it reads
   * all of the topic, in large batches, but no more at once than a small heap can take.
   */
  public static Map<String, Object> consuming(Map<String, Object> other) {
    Map<String, Object> settings = new HashMap<>(other);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.merge(ConsumerConfig.CLIENT_ID_CONFIG, "-rebuild", (id, suffix) -> "" + id + suffix);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * MEGABYTE);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * MEGABYTE);
    return settings;
  }

  /** Goes to where the generation stands, in all partitions that there are. */
  public void start() {
    partitions =
        consumer.partitionsFor(topic, KAFKA_TIMEOUT).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic + " yet");
    }
    consumer.assign(partitions);
    reached = stored();
    partitions.forEach(partition -> consumer.seek(partition, next(reached, partition.partition())));
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
    hold(bound);
    Duration wait = writing == null || far != null ? patience : Duration.ZERO;
    for (Progress step : window.take(writer.read(within(bound, consumer.poll(wait))))) {
      if (step.stop() != null) {
        stops.put(step.partition(), step.nextOffset());
        consumer.seek(new TopicPartition(topic, step.partition()), step.nextOffset());
      }
    }
    if (far == null || window.isFull()) {
      boolean asTaken = finishWriting();
      reached = stored(); // while nothing is on its way there
      if (!asTaken || isLost()) {
        startAgain();
      } else if (!window.isEmpty()) {
        beginWriting();
      }
    }
    return reached;
  }

  /** The end of each partition, of all that there are. */
  public Map<Integer, Long> ends() {
    if (consumer.partitionsFor(topic, KAFKA_TIMEOUT).size() != partitions.size()) {
      throw new IllegalStateException("the topic has other partitions by now");
    }
    return consumer.endOffsets(partitions, KAFKA_TIMEOUT).entrySet().stream()
        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
  }

  /** The offset that a partition is read up to. */
  static long next(Map<Integer, Progress> stored, int partition) {
    Progress progress = stored.get(partition);
    return progress == null ? 0 : progress.nextOffset();
  }

  /**
   * Reads no further where the bound is, or an event that this version doesn't know. Partitions
   * that are far from there are read one after the other: the fewer accounts there are at a time,
   * the more of their events meet in one window.
   */
  private void hold(Map<Integer, Long> bound) {
    List<TopicPartition> open =
        partitions.stream().filter(it -> left(it, bound) > 0 && !isStopped(it)).toList();
    if (far == null || !open.contains(far)) {
      far = open.stream().filter(it -> left(it, bound) > NEAR).findFirst().orElse(null);
    }
    List<TopicPartition> read = far == null ? open : List.of(far);
    consumer.pause(partitions);
    consumer.resume(read);
  }

  private long left(TopicPartition partition, Map<Integer, Long> bound) {
    return bound(bound, partition) - position(partition);
  }

  private boolean isStopped(TopicPartition partition) {
    return Objects.equals(stops.get(partition.partition()), position(partition));
  }

  private void beginWriting() {
    Window full = window;
    window = full.next();
    leaving = full;
    FutureTask<Boolean> task = new FutureTask<>(full::write);
    writing = task;
    Thread.ofVirtual().name("rebuild-write").start(task);
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
    try {
      boolean asTaken = task.get();
      if (asTaken) {
        left.progress().forEach(step -> written.put(step.partition(), step.nextOffset()));
      }
      return asTaken;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a window could not be written", e.getCause());
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
    far = null;
    stops.clear();
    written.clear();
    partitions.forEach(partition -> consumer.seek(partition, next(reached, partition.partition())));
  }

  private List<ConsumerRecord<byte[], byte[]>> within(
      Map<Integer, Long> bound, ConsumerRecords<byte[], byte[]> polled) {
    List<ConsumerRecord<byte[], byte[]>> within = new ArrayList<>();
    for (TopicPartition partition : polled.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
        if (record.offset() >= bound(bound, partition)) {
          consumer.seek(partition, record.offset());
          break;
        }
        within.add(record);
      }
    }
    return within;
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition, KAFKA_TIMEOUT);
  }

  private Map<Integer, Progress> stored() {
    return Objects.requireNonNull(into.progress().block(STORE_TIMEOUT));
  }

  private static long bound(Map<Integer, Long> bound, TopicPartition partition) {
    return bound.getOrDefault(partition.partition(), 0L);
  }
}
