package dev.keyledger.query.projection;

import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewGenerations;
import dev.keyledger.query.views.ViewStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Reads the topic for the projector. Where to read is said by the offsets in the store alone, never
 * by Kafka: a view that was dropped or restored is followed back to where it stands.
 *
 * <p>Everything here runs on the consumer's thread.
 */
final class ProjectionListener
    implements BatchMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A batch costs as many trips to MongoDB as a record, so after a small one more may come. */
  private static final Duration GATHER = Duration.ofMillis(40);

  private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(2);
  private static final Batch NOTHING = new Batch(List.of(), List.of());
  private static final Logger log = LoggerFactory.getLogger(ProjectionListener.class);

  private final String topic;
  private final Projector projector;
  private final ViewGenerations generations;
  private final ProjectionStatus status;
  private final Patience patience;
  private final Clock clock;
  private boolean joined;
  private long written;
  private Instant lookedAt = Instant.MIN;

  /** The generation that is written to, how far it is, and what a batch goes on from in it. */
  private record Stored(
      long generation, Map<Integer, Progress> progress, Map<String, AccountView> views) {}

  ProjectionListener(
      String topic,
      Projector projector,
      ViewGenerations generations,
      ProjectionStatus status,
      Patience patience,
      Clock clock) {
    this.topic = topic;
    this.projector = projector;
    this.generations = generations;
    this.status = status;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public boolean wantsPollResult() {
    return true;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    throw new UnsupportedOperationException("the container hands over what poll returned");
  }

  @Override
  public void onMessage(
      ConsumerRecords<byte[], byte[]> polled,
      @Nullable Acknowledgment acknowledgment,
      Consumer<byte[], byte[]> consumer) {
    long began = System.nanoTime();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    polled.forEach(records::add);
    Batch batch = projector.read(records);
    // Asked only now that the records are here: whoever moves the projection on to another
    // generation knows that those which still go into this one were in the log by then.
    Stored stored = storedNow(batch);
    Collection<Integer> rewound = followStore(stored, consumer);
    if (!rewound.isEmpty()) {
      records.removeIf(record -> rewound.contains(record.partition()));
      batch = projector.read(records);
    }
    if (!records.isEmpty()) {
      ViewStore store = generations.of(stored.generation());
      Collection<Progress> progress = projector.project(store, batch, stored.views());
      status.applied(progress, newest(records));
      progress.forEach(step -> stopIfNeeded(step, consumer));
    }
    patience.restored();
    if (!clock.instant().isBefore(lookedAt.plus(LOOK_EVERY))) {
      lookAtLog(consumer);
    }
    if (polled.count() < FreshPolls.MANY) {
      LockSupport.parkNanos(GATHER.toNanos() - (System.nanoTime() - began));
    }
  }

  /** To be called about every {@link #LOOK_EVERY} while no records come. */
  void idle(Consumer<?, ?> consumer) {
    if (!joined) {
      return; // Without partitions to look at, everything would seem to be caught up.
    }
    try {
      Collection<Integer> _ = followStore(storedNow(NOTHING), consumer);
    } catch (RuntimeException e) {
      log.debug("the store can't be asked for offsets", e);
    }
    lookAtLog(consumer);
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<Integer, Progress> stored =
        patience
            .until(() -> readOffsets(toJoin()))
            .orElseThrow(() -> new IllegalStateException("stopped before the store answered"));
    status.stored(stored);
    joined = true;
    for (TopicPartition partition : partitions) {
      long next = next(stored, partition.partition());
      consumer.seek(partition, next);
      status.assigned(partition.partition(), next);
    }
    lookAtLog(consumer);
  }

  @Override
  public void onPartitionsRevokedAfterCommit(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> status.revoked(partition.partition()));
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    onPartitionsRevokedAfterCommit(consumer, partitions);
  }

  /**
   * Goes back to where the store stands if it stands further back than what was written to it. The
   * next generation always does by a few records; answers come from the one before until it is
   * level, so that nothing is behind because of it.
   */
  private Collection<Integer> followStore(Stored now, Consumer<?, ?> consumer) {
    Map<Integer, Progress> stored = now.progress();
    boolean next = now.generation() > written;
    written = now.generation();
    status.stored(stored);
    Collection<Integer> rewound = new ArrayList<>();
    for (TopicPartition partition : consumer.assignment()) {
      long offset = next(stored, partition.partition());
      if (offset < status.next(partition.partition())) {
        consumer.seek(partition, offset);
        consumer.resume(List.of(partition));
        if (next) {
          status.moved(partition.partition(), offset);
        } else {
          log.warn("the view went back, {} is read again from offset {}", partition, offset);
          status.rewound(partition.partition(), offset);
        }
        rewound.add(partition.partition());
      }
    }
    return rewound;
  }

  private void stopIfNeeded(Progress step, Consumer<?, ?> consumer) {
    Progress.Stop stop = step.stop();
    if (stop != null) {
      TopicPartition partition = new TopicPartition(topic, step.partition());
      consumer.seek(partition, step.nextOffset());
      consumer.pause(List.of(partition));
      log.error(
          "stopped {} at offset {}: this version does not know {}; upgrade to go on",
          partition,
          step.nextOffset(),
          stop.type());
    }
  }

  private void lookAtLog(Consumer<?, ?> consumer) {
    lookedAt = clock.instant();
    try {
      Map<Integer, Long> ends = new HashMap<>();
      consumer
          .endOffsets(consumer.assignment(), KAFKA_TIMEOUT)
          .forEach((partition, end) -> {
            startOverIfCut(partition, end, consumer);
            ends.put(partition.partition(), end);
          });
      status.ends(ends, consumer.partitionsFor(topic, KAFKA_TIMEOUT).size());
    } catch (KafkaException e) {
      log.debug("Kafka can't be asked for the end of the log", e);
    }
  }

  /** A log that is shorter than what was read of it is another one, or lost its last records. */
  private void startOverIfCut(TopicPartition partition, long end, Consumer<?, ?> consumer) {
    long next = status.next(partition.partition());
    if (end < next) {
      log.error(
          "{} ends at offset {}, but the view has read it up to {}: it is read again from its"
              + " start. A new log needs a new database.",
          partition,
          end,
          next);
      consumer.seek(partition, 0);
      status.assigned(partition.partition(), 0);
    }
  }

  /** While others are held already, one more partition does not change what they are written to. */
  private long toJoin() {
    if (status.assigned() == 0) {
      written = writtenNow();
    }
    return written;
  }

  private long writtenNow() {
    return Objects.requireNonNull(generations.now().block(BatchWriter.STORE_TIMEOUT)).written();
  }

  /**
   * All asked for at once, since nearly always the generation is still the one from before. Where
   * it is not, it is no matter if that one can't be read any more.
   */
  private Stored storedNow(Batch batch) {
    long generation = written;
    while (true) {
      ViewStore store = generations.of(generation);
      var found =
          Objects.requireNonNull(
              Mono.zip(
                      generations.now(),
                      store.progress(),
                      projector.look(store, batch).materialize())
                  .block(BatchWriter.STORE_TIMEOUT));
      long now = found.getT1().written();
      if (now == generation) {
        return new Stored(generation, found.getT2(), viewsOrFailure(found.getT3()));
      }
      generation = now;
    }
  }

  private static Map<String, AccountView> viewsOrFailure(Signal<Map<String, AccountView>> looked) {
    return Objects.requireNonNull(
        Mono.just(looked).<Map<String, AccountView>>dematerialize().block());
  }

  private static Instant newest(List<ConsumerRecord<byte[], byte[]>> records) {
    long newest = records.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0);
    return Instant.ofEpochMilli(newest);
  }

  private Map<Integer, Progress> readOffsets(long generation) {
    return Objects.requireNonNull(
        generations.of(generation).progress().block(BatchWriter.STORE_TIMEOUT));
  }

  private static long next(Map<Integer, Progress> stored, int partition) {
    Progress progress = stored.get(partition);
    return progress == null ? 0 : progress.nextOffset();
  }
}
