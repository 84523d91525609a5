package dev.keyledger.audit.log;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads all partitions side by side, and gives their records out in log order. */
final class BrokerReader implements LogReader {
  /** Required by whoever never wants to stop. */
  static final long ENDLESS = Long.MAX_VALUE;

  /** How far a partition may be read ahead of the others. */
  private static final long AHEAD = 50_000;

  /**
   * Records that may wait for a missing one before it counts as missing: about 250 MB of memory.
   */
  private static final int MOST_WAITING = 200_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;
  private final Map<TopicPartition, Long> newest = new HashMap<>();
  private final Polls polls;
  private final Sequencer sequencer;
  private final long required;

  BrokerReader(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      long from,
      Map<Integer, Long> offsets,
      long required) {
    this.consumer = consumer;
    this.polls = new Polls(consumer);
    this.ends = consumer.endOffsets(partitions);
    this.sequencer = new Sequencer(from);
    this.required = required;
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    for (TopicPartition partition : partitions) {
      Long offset = offsets.get(partition.partition());
      if (offset != null) {
        consumer.seek(partition, offset);
      }
    }
  }

  @Override
  public @Nullable LogRecord next() throws TamperedException, UncheckedLogException {
    try {
      while (true) {
        LogRecord record = sequencer.take();
        if (record != null) {
          return record;
        }
        boolean atEnd = required != ENDLESS && BrokerLog.reached(consumer, ends);
        if (atEnd || sequencer.waiting() > MOST_WAITING) {
          requireEnough();
          return null;
        }
        poll();
      }
    } catch (KafkaException e) {
      throw BrokerLog.unreadable(e);
    }
  }

  private void requireEnough() throws TamperedException {
    long next = sequencer.next();
    if (next < required) {
      throw new TamperedException(
          next,
          "index %d is missing, and %s"
              .formatted(
                  next,
                  required == ENDLESS
                      ? "%,d events after it came".formatted(sequencer.waiting())
                      : "a checkpoint of %d is signed".formatted(required)));
    }
  }

  private void poll() throws TamperedException, UncheckedLogException {
    holdBackWhatIsAhead();
    ConsumerRecords<byte[], byte[]> records = polls.next(required == ENDLESS);
    for (TopicPartition partition : records.partitions()) {
      long index = -1;
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        Header header = record.headers().lastHeader(CloudEvents.LOG_INDEX);
        // What has no index was published before there was a log, and again with one.
        long here = header == null ? -1 : index(header.value());
        if (here >= 0) {
          index = here;
          LogRecord logged = new LogRecord(index, entry(record, index));
          sequencer.offer(logged, record.partition(), record.offset());
        }
      }
      if (index >= 0) {
        newest.put(partition, index);
      }
    }
  }

  /** So that what waits stays small although partitions are not read equally fast. */
  private void holdBackWhatIsAhead() {
    Set<TopicPartition> ahead =
        newest.entrySet().stream()
            .filter(entry -> entry.getValue() > sequencer.next() + AHEAD)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    boolean othersHaveMore =
        ends.entrySet().stream()
            .anyMatch(end ->
                !ahead.contains(end.getKey()) && consumer.position(end.getKey()) < end.getValue());
    consumer.resume(consumer.paused());
    if (othersHaveMore) {
      consumer.pause(ahead);
    }
  }

  /** -1 if it is none: then the record can't be one of the log. */
  private static long index(byte @Nullable [] value) {
    try {
      return value == null ? -1 : Long.parseLong(new String(value, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private static LogEntry entry(ConsumerRecord<byte[], byte[]> record, long index)
      throws TamperedException {
    LogEntry.Builder entry = LogEntry.builder();
    try {
      for (Header header : record.headers()) {
        entry.header(header.key(), header.value());
      }
      return entry.build(record.key(), record.value());
    } catch (MalformedException e) {
      throw new TamperedException(
          index, "the record of index " + index + " can't be an entry: " + e.getMessage());
    }
  }

  @Override
  public Map<Integer, Long> offsets() {
    Map<Integer, Long> offsets = new TreeMap<>();
    ends.keySet().forEach(p -> offsets.put(p.partition(), consumer.position(p)));
    offsets.putAll(sequencer.firstWaiting());
    return offsets;
  }

  @Override
  public long repeats() {
    return sequencer.repeats();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
