package dev.keyledger.query.rebuild;

import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.projection.BatchWriter.Written;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
  private static final int RECORDS_AT_ONCE = 10_000;
  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final ViewStore into;
  private final BatchWriter writer;
  private List<TopicPartition> partitions = List.of();

  /** Up to where this filler wrote; the generation stands there, or further on. */
  private final Map<Integer, Long> written = new HashMap<>();

  private @Nullable FutureTask<Written> writing;

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
    Map<Integer, Progress> stored = stored();
    partitions.forEach(partition -> consumer.seek(partition, next(stored, partition.partition())));
  }

  /**
   * Reads on for a moment. What it reads is being written when it returns; the next call reads on
   * meanwhile.
   *
   * @param bound first offset of each partition that is not to be read; 0 where there is none
   * @return how far the generation is by now
   * @throws RuntimeException if it has to be started again
   */
  public Map<Integer, Progress> fill(Map<Integer, Long> bound, Duration patience) {
    hold(bound);
    Duration wait = writing == null ? patience : Duration.ZERO;
    Batch batch = writer.read(within(bound, consumer.poll(wait)));
    finishWriting();
    Map<Integer, Progress> stored = stored();
    Set<Integer> again = followBack(stored);
    Batch good = again.isEmpty() ? batch : without(again, batch);
    if (!good.records().isEmpty()) {
      FutureTask<Written> task = new FutureTask<>(() -> writer.write(into, good, _ -> {}));
      writing = task;
      Thread.ofVirtual().name("rebuild-write").start(task);
    }
    return stored;
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

  /** Reads no further where the bound is, or an event that this version doesn't know. */
  private void hold(Map<Integer, Long> bound) {
    for (TopicPartition partition : partitions) {
      long position = position(partition);
      if (position >= bound(bound, partition)
          || Objects.equals(stops.get(partition.partition()), position)) {
        consumer.pause(List.of(partition));
      } else {
        consumer.resume(List.of(partition));
      }
    }
  }

  private void finishWriting() {
    FutureTask<Written> task = writing;
    if (task == null) {
      return;
    }
    writing = null;
    try {
      for (Progress step : task.get().fold().progress()) {
        written.put(step.partition(), step.nextOffset());
        if (step.stop() != null) {
          stops.put(step.partition(), step.nextOffset());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Goes back where reading went beyond a stop, or the generation was dropped: then it is filled
   * from its start again.
   *
   * @return the partitions whose records don't count
   */
  private Set<Integer> followBack(Map<Integer, Progress> stored) {
    Set<Integer> again = new HashSet<>();
    for (TopicPartition partition : partitions) {
      int number = partition.partition();
      long next = next(stored, number);
      boolean lost = next < written.getOrDefault(number, 0L);
      boolean stopped = Objects.equals(stops.get(number), next) && position(partition) > next;
      if (lost || stopped) {
        consumer.seek(partition, next);
        written.put(number, next);
        again.add(number);
      }
    }
    return again;
  }

  private Batch without(Set<Integer> partitions, Batch batch) {
    return writer.read(
        batch.records().stream()
            .filter(record -> !partitions.contains(record.partition()))
            .toList());
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
