package dev.keyledger.query.rebuild;

import static dev.keyledger.query.rebuild.Filler.next;

import dev.keyledger.query.views.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of the topic up to bounds. Those that are far from there are read one after
 * the other: the fewer accounts there are at a time, the more of their events meet.
 */
final class Reading {
  /** Records up to its bound that a partition is read with together with the others. */
  private static final int NEAR = 2_000;

  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private List<TopicPartition> partitions = List.of();

  /** Where this version stopped; another one may know what comes there. */
  private final Map<Integer, Long> stops = new HashMap<>();

  private @Nullable TopicPartition far;

  /** Its bound when it was chosen: one that goes on and on doesn't keep the others waiting. */
  private long farUntil;

  Reading(String topic, Consumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.consumer = consumer;
  }

  /** Goes to these places, in all partitions that there are. */
  void start(Map<Integer, Progress> places) {
    partitions =
        consumer.partitionsFor(topic, KAFKA_TIMEOUT).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic + " yet");
    }
    consumer.assign(partitions);
    goTo(places);
  }

  /** Reads on from these places, also beyond what it stopped at. */
  void goTo(Map<Integer, Progress> places) {
    far = null;
    stops.clear();
    partitions.forEach(partition -> consumer.seek(partition, next(places, partition.partition())));
  }

  /** Reads no further than to there, since this version doesn't know what comes. */
  void stopAt(Progress step) {
    stops.put(step.partition(), step.nextOffset());
    consumer.seek(new TopicPartition(topic, step.partition()), step.nextOffset());
  }

  /**
   * Chooses what is read by the next poll: nothing beyond the bounds and stops.
   *
   * @param bound first offset of each partition that is not to be read; 0 where there is none
   * @return whether a partition that was far from its bound is read
   */
  boolean choose(Map<Integer, Long> bound) {
    List<TopicPartition> open =
        partitions.stream().filter(it -> left(it, bound) > 0 && !isStopped(it)).toList();
    TopicPartition last = far;
    boolean ended = last != null && (!open.contains(last) || position(last) >= farUntil);
    if (last == null || ended) {
      far = open.stream().filter(it -> left(it, bound) > NEAR).findFirst().orElse(null);
      farUntil = far == null ? 0 : bound(bound, far);
    }
    consumer.pause(partitions);
    consumer.resume(far == null ? open : List.of(far));
    return ended;
  }

  /** Whether there is much to be read yet. */
  boolean isFar() {
    return far != null;
  }

  /** The next records below the bounds, each partition's in their order. */
  List<ConsumerRecord<byte[], byte[]>> poll(Map<Integer, Long> bound, Duration patience) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience);
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

  /** The end of each partition, of all that there are. */
  Map<Integer, Long> ends() {
    if (consumer.partitionsFor(topic, KAFKA_TIMEOUT).size() != partitions.size()) {
      throw new IllegalStateException("the topic has other partitions by now");
    }
    return consumer.endOffsets(partitions, KAFKA_TIMEOUT).entrySet().stream()
        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
  }

  private long left(TopicPartition partition, Map<Integer, Long> bound) {
    return bound(bound, partition) - position(partition);
  }

  private boolean isStopped(TopicPartition partition) {
    return Objects.equals(stops.get(partition.partition()), position(partition));
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition, KAFKA_TIMEOUT);
  }

  private static long bound(Map<Integer, Long> bound, TopicPartition partition) {
    return bound.getOrDefault(partition.partition(), 0L);
  }
}
