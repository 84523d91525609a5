package dev.keyledger.query.memory;

import dev.keyledger.query.stream.EventDecoder;
import dev.keyledger.query.stream.Fold.Read;
import dev.keyledger.query.stream.Fold.Source;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewGenerations;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one memory out of the store and then all partitions of the topic, for as long as nothing
 * breaks. Once the views were built anew and switched over, it takes the new ones, so that what was
 * wrong in the old ones counts no longer. What was served before goes on being served, and is told
 * of every event, until the new memory has caught up.
 */
final class MemoryReader {
  private static final Duration POLL = Duration.ofMillis(50);

  /** Under load a few records are taken together, since a fetch costs more than a record. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
  private static final long ASK_EVERY_NANOS = Duration.ofMillis(500).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(MemoryReader.class);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final ViewGenerations generations;
  private final LiveKeys live;
  private final LongSupplier nanoTime;
  private final EventDecoder decoder = new EventDecoder();
  private KeyMemory memory;
  private long served;
  private @Nullable CompletableFuture<Optional<Stored>> others;
  private List<TopicPartition> partitions = List.of();
  private Map<TopicPartition, Long> ends = Map.of();
  private long askedAt;

  /** How far the memory that answers was when this one began; empty if it does, or if unknown. */
  private Map<TopicPartition, Long> left = Map.of();

  /**
   * What one generation of the views holds.
   *
   * @param progress of each partition, at least as old as the memory
   */
  private record Stored(long generation, Map<Integer, Progress> progress, KeyMemory memory) {}

  MemoryReader(
      String topic,
      Consumer<byte[], byte[]> consumer,
      ViewGenerations generations,
      LiveKeys live,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.consumer = consumer;
    this.generations = generations;
    this.live = live;
    this.memory = new KeyMemory(live::departed);
    this.nanoTime = nanoTime;
  }

  /**
   * Reads until told to stop.
   *
   * @throws RuntimeException if the memory has to be built anew
   */
  void read(BooleanSupplier running) {
    partitions =
        consumer.partitionsFor(topic, STORE_TIMEOUT).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic + " yet");
    }
    consumer.assign(partitions);
    start();
    while (running.getAsBoolean()) {
      apply(consumer.poll(POLL));
      if (ends.isEmpty() || nanoTime.getAsLong() - askedAt >= ASK_EVERY_NANOS) {
        ask();
        lookForOthers();
      }
      takeOthers();
      if (!ends.isEmpty()) {
        proveFresh();
      }
    }
  }

  private void proveFresh() {
    if (level(memory, Map.of())) {
      live.fresh(memory, askedAt);
      left = Map.of();
    } else if (!left.isEmpty()) {
      live.otherThan(memory)
          .filter(answering -> level(answering, left))
          .ifPresent(answering -> live.fresh(answering, askedAt));
    }
  }

  /** The offsets that were projected first: the log may have grown since, and is never shorter. */
  private void start() {
    served = served();
    ViewStore store = generations.of(served);
    Map<Integer, Progress> stored = Objects.requireNonNull(store.progress().block(STORE_TIMEOUT));
    Map<TopicPartition, Long> log = consumer.endOffsets(partitions, STORE_TIMEOUT);
    boolean cut =
        log.entrySet().stream().anyMatch(last -> next(stored, last.getKey()) > last.getValue());
    if (cut) {
      LOG.error(
          "the topic is shorter than what the view has read of it: it is read from its start");
      seek(Map.of());
    } else {
      fill(memory, store);
      seek(stored);
    }
    if (served() != served) {
      throw new IllegalStateException("the views were switched over while they were read");
    }
  }

  /** Looks beside all else, since keys are followed also while the store is away. */
  private void lookForOthers() {
    if (others == null) {
      long known = served;
      others = CompletableFuture.supplyAsync(() -> load(known), Thread::startVirtualThread);
    }
  }

  /**
   * The views that are served by now; empty if they are those that are known. Views last: one may
   * be further on than its offset, and repeats change nothing.
   */
  private Optional<Stored> load(long known) {
    long generation = served();
    if (generation == known) {
      return Optional.empty();
    }
    ViewStore store = generations.of(generation);
    Map<Integer, Progress> stored = Objects.requireNonNull(store.progress().block(STORE_TIMEOUT));
    KeyMemory read = new KeyMemory(live::departed);
    fill(read, store);
    return Optional.of(new Stored(generation, stored, read));
  }

  private void takeOthers() {
    if (others == null || !others.isDone()) {
      return;
    }
    CompletableFuture<Optional<Stored>> done = others;
    others = null;
    if (done.isCompletedExceptionally()) {
      LOG.debug("The views that are served can't be asked for", done.exceptionNow());
      return;
    }
    done.resultNow().ifPresent(this::goOnWith);
  }

  /** Nothing is fresh until all is applied that is in the topic from now on. */
  private void goOnWith(Stored stored) {
    if (!left.isEmpty() || live.otherThan(memory).isEmpty()) {
      Map<TopicPartition, Long> reached = new HashMap<>(left);
      partitions.forEach(partition -> reached.merge(partition, next(partition), Math::max));
      left = reached;
    }
    served = stored.generation();
    memory = stored.memory();
    consumer.resume(partitions);
    seek(stored.progress());
    ends = Map.of();
  }

  private static void fill(KeyMemory memory, ViewStore store) {
    store.all().doOnNext(memory::put).then().block();
  }

  private void seek(Map<Integer, Progress> stored) {
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, next(stored, partition));
    }
  }

  private long served() {
    return Objects.requireNonNull(generations.now().block(STORE_TIMEOUT)).served();
  }

  private void apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Read> batch = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      batch.add(new Read(new Source(record.partition(), record.offset()), decoder.decode(record)));
    }
    if (batch.isEmpty()) {
      return;
    }
    live.otherThan(memory).ifPresent(answering -> answering.apply(batch, Instant.EPOCH));
    for (Progress step : memory.apply(batch, Instant.EPOCH)) {
      Progress.Stop stop = step.stop();
      if (stop != null) {
        consumer.pause(List.of(new TopicPartition(topic, step.partition())));
        LOG.error(
            "the keys of {}-{} can't be verified any more: this version does not know {}; upgrade"
                + " to go on",
            topic,
            step.partition(),
            stop.type());
      }
    }
    live.advanced();
    LockSupport.parkNanos(GATHER.toNanos());
  }

  private void ask() {
    long now = nanoTime.getAsLong();
    try {
      Map<TopicPartition, Long> log = consumer.endOffsets(partitions, KAFKA_TIMEOUT);
      if (log.entrySet().stream().anyMatch(last -> last.getValue() < next(last.getKey()))
          || consumer.partitionsFor(topic, KAFKA_TIMEOUT).size() != partitions.size()) {
        throw new IllegalStateException("the topic is not the one that it was");
      }
      ends = log;
      askedAt = now;
    } catch (InterruptException stopping) {
      throw stopping;
    } catch (KafkaException e) {
      LOG.debug("Kafka can't be asked for the end of the log", e);
    }
  }

  /**
   * Whether a memory holds all that was in the topic when its ends were asked for.
   *
   * @param before how far it was already when the reading began anew; nothing for one that begins
   */
  private boolean level(KeyMemory known, Map<TopicPartition, Long> before) {
    return partitions.stream()
        .allMatch(partition ->
            known.stopped().contains(partition.partition())
                || Math.max(next(partition), before.getOrDefault(partition, 0L))
                    >= Objects.requireNonNull(ends.get(partition)));
  }

  /** The first offset that was not handed out, and so not applied. */
  private long next(TopicPartition partition) {
    return consumer.position(partition, KAFKA_TIMEOUT);
  }

  private static long next(Map<Integer, Progress> stored, TopicPartition partition) {
    Progress progress = stored.get(partition.partition());
    return progress == null ? 0 : progress.nextOffset();
  }
}
