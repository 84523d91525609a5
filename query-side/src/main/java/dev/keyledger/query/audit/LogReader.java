package dev.keyledger.query.audit;

import static dev.keyledger.query.audit.LogTiles.STORE_TIMEOUT;
import static dev.keyledger.query.audit.LogTiles.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events and checkpoints for as long as nothing breaks, this node's share of the partitions.
 * Where to read is said by the offsets in the store alone. A checkpoint that is ahead of the tree
 * is waited for with its partition paused.
 */
final class LogReader implements ConsumerRebalanceListener {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Also where events come all the time, checkpoints are looked at again after so many polls. */
  static final int MOST_POLLS_PAUSED = 10;

  private static final Logger log = LoggerFactory.getLogger(LogReader.class);

  private final String events;
  private final String checkpoints;
  private final Consumer<byte[], byte[]> consumer;
  private final LogStore store;
  private final LogIntake intake;
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private int pollsPaused;

  LogReader(
      String events,
      String checkpoints,
      Consumer<byte[], byte[]> consumer,
      LogStore store,
      LogIntake intake) {
    this.events = events;
    this.checkpoints = checkpoints;
    this.consumer = consumer;
    this.store = store;
    this.intake = intake;
  }

  /**
   * Reads until told to stop.
   *
   * @throws RuntimeException if it has to be begun anew
   */
  void read(BooleanSupplier running) {
    intake.start();
    consumer.subscribe(intake.judges() ? List.of(events, checkpoints) : List.of(events), this);
    while (running.getAsBoolean()) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(LOOK_EVERY);
      if (!followStore()) {
        take(polled);
      }
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> stored = stored();
    for (TopicPartition partition : partitions) {
      seek(partition, stored.getOrDefault(partition, 0L));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    read.keySet().removeAll(partitions);
  }

  private void take(ConsumerRecords<byte[], byte[]> polled) {
    intake.takeEvents(polled.records(events));
    if (intake.grow() || polled.isEmpty() || ++pollsPaused >= MOST_POLLS_PAUSED) {
      consumer.resume(consumer.paused());
      pollsPaused = 0;
    }
    for (TopicPartition partition : polled.partitions()) {
      if (partition.topic().equals(checkpoints)) {
        List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
        int judged = intake.takeCheckpoints(records);
        if (judged < records.size()) {
          seek(partition, records.get(judged).offset());
          consumer.pause(List.of(partition));
          continue;
        }
      }
      read.put(partition, polled.records(partition).getLast().offset() + 1);
    }
    if (!polled.isEmpty()) {
      store.advance(offsets()).block(STORE_TIMEOUT);
    }
  }

  /**
   * Goes back to where the store stands if it stands further back than what was written to it.
   *
   * @return whether what was polled is to be polled again
   */
  private boolean followStore() {
    Map<TopicPartition, Long> stored = stored();
    List<TopicPartition> lost =
        read.entrySet().stream()
            .filter(entry -> stored.getOrDefault(entry.getKey(), 0L) < entry.getValue())
            .map(Map.Entry::getKey)
            .toList();
    if (lost.isEmpty()) {
      return false;
    }
    log.warn("the log went back, it is read again");
    consumer.assignment().forEach(partition -> seek(partition, stored.getOrDefault(partition, 0L)));
    return true;
  }

  private void seek(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    read.put(partition, offset);
  }

  private List<Offset> offsets() {
    List<Offset> offsets = new ArrayList<>();
    read.forEach((partition, next) ->
        offsets.add(new Offset(partition.topic(), partition.partition(), next)));
    return offsets;
  }

  private Map<TopicPartition, Long> stored() {
    Map<TopicPartition, Long> stored = new HashMap<>();
    value(store.offsets())
        .forEach(offset ->
            stored.put(new TopicPartition(offset.topic(), offset.partition()), offset.next()));
    return stored;
  }
}
