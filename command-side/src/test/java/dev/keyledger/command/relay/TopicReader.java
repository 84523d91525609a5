package dev.keyledger.command.relay;

import dev.keyledger.events.Topics;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic of the events from its beginning, as any subscriber may. */
public final class TopicReader implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

  public TopicReader(String bootstrapServers) {
    this(bootstrapServers, Topics.EVENTS);
  }

  private TopicReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on until as many events of these accounts were seen, and then what is left. */
  public List<ConsumerRecord<String, byte[]>> read(Predicate<String> accounts, int count) {
    long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (events(accounts) < count && System.nanoTime() < patience) {
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
    consumer.poll(Duration.ofMillis(200)).forEach(read::add);
    return of(accounts);
  }

  /** The checkpoints of a log that are there, up to one of that size at least, as they came. */
  static List<byte[]> checkpoints(String bootstrapServers, String origin, long size) {
    try (TopicReader topic = new TopicReader(bootstrapServers, Topics.CHECKPOINTS)) {
      long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (topic.of(origin::equals).stream().noneMatch(record -> size(record) >= size)
          && System.nanoTime() < patience) {
        topic.consumer.poll(Duration.ofMillis(100)).forEach(topic.read::add);
      }
      topic.consumer.poll(Duration.ofMillis(200)).forEach(topic.read::add);
      return topic.of(origin::equals).stream().map(ConsumerRecord::value).toList();
    }
  }

  /** All that a topic holds now, in the order of each partition. */
  static List<ConsumerRecord<String, byte[]>> all(String bootstrapServers, String topic) {
    try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
      Map<TopicPartition, Long> ends = reader.consumer.endOffsets(reader.consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> reader.consumer.position(end.getKey()) < end.getValue())) {
        reader.consumer.poll(Duration.ofMillis(100)).forEach(reader.read::add);
      }
      return List.copyOf(reader.read);
    }
  }

  private static long size(ConsumerRecord<String, byte[]> checkpoint) {
    return new String(checkpoint.value(), StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .findFirst()
        .map(Long::parseLong)
        .orElse(0L);
  }

  /** Reads on until as many events of these accounts were seen in the log; leaves others out. */
  List<ConsumerRecord<String, byte[]>> readLog(Predicate<String> accounts, int count) {
    long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (log(accounts).stream().map(TopicReader::logIndex).distinct().count() < count
        && System.nanoTime() < patience) {
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
    consumer.poll(Duration.ofMillis(200)).forEach(read::add);
    return log(accounts);
  }

  private List<ConsumerRecord<String, byte[]>> log(Predicate<String> accounts) {
    return of(accounts).stream()
        .filter(record -> record.headers().lastHeader("ce_logindex") != null)
        .toList();
  }

  public static long position(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(header(record, "ce_position"));
  }

  public static long logIndex(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(header(record, "ce_logindex"));
  }

  /** The leaf that a reader of the log makes of a record. */
  static Hash leaf(ConsumerRecord<String, byte[]> record) {
    LogEntry.Builder entry = LogEntry.builder();
    try {
      for (Header header : record.headers()) {
        entry.header(header.key(), header.value());
      }
      return entry.build(record.key().getBytes(StandardCharsets.UTF_8), record.value()).leafHash();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  static String header(ConsumerRecord<String, byte[]> record, String name) {
    byte[] value = Objects.requireNonNull(record.headers().lastHeader(name)).value();
    return new String(value, StandardCharsets.UTF_8);
  }

  /** A repeat has the same id. */
  private long events(Predicate<String> accounts) {
    return of(accounts).stream().map(record -> header(record, "ce_id")).distinct().count();
  }

  private List<ConsumerRecord<String, byte[]>> of(Predicate<String> accounts) {
    return read.stream().filter(record -> accounts.test(record.key())).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
