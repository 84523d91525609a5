package dev.keyledger.audit.log;

import dev.keyledger.events.Topics;
import dev.keyledger.tlog.CompactRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The log as it lies on Kafka. Joins no consumer group, commits nothing, makes no topic. */
public final class BrokerLog implements LogSource {
  /**
   * How much is read at once; whoever compares a reader with this one reads as much. Little, since
   * a record waits until those of all other partitions that lie before it have come.
   */
  public static final Map<String, Object> FETCHES =
      Map.of(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          1000,
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
          256 << 10);

  private static final String PATIENCE_MILLIS = "15000";

  private final Map<String, Object> settings;

  /**
   * A log on a broker.
   *
   * @param settings of Kafka's consumer, with {@code bootstrap.servers}
   */
  public BrokerLog(Map<String, Object> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.putAll(
        Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none"));
    FETCHES.forEach(this.settings::putIfAbsent);
    this.settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    this.settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
  }

  @Override
  public String name() {
    return "broker " + settings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  @Override
  public List<byte[]> checkpoints() throws UncheckedLogException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, Topics.CHECKPOINTS);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<byte[]> notes = new ArrayList<>();
      Polls polls = new Polls(consumer);
      while (!reached(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : polls.next(false)) {
          notes.add(record.value() == null ? new byte[0] : record.value());
        }
      }
      return notes;
    } catch (KafkaException e) {
      throw unreadable(e);
    }
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public CompactRange before() {
    return new CompactRange();
  }

  @Override
  public LogReader read(long from, Map<Integer, Long> offsets, long required)
      throws UncheckedLogException {
    return new ReadAhead(reader(from, offsets, required));
  }

  @Override
  public LogReader follow(long from) throws UncheckedLogException {
    return reader(from, Map.of(), BrokerReader.ENDLESS);
  }

  private BrokerReader reader(long from, Map<Integer, Long> offsets, long required)
      throws UncheckedLogException {
    KafkaConsumer<byte[], byte[]> consumer = consumer();
    try {
      return new BrokerReader(
          consumer, partitions(consumer, Topics.EVENTS), from, offsets, required);
    } catch (KafkaException e) {
      consumer.close();
      throw unreadable(e);
    }
  }

  static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  static UncheckedLogException unreadable(KafkaException e) {
    return new UncheckedLogException("Kafka can't be read: " + e.getMessage());
  }

  private KafkaConsumer<byte[], byte[]> consumer() throws UncheckedLogException {
    try {
      return new KafkaConsumer<>(
          settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw unreadable(e);
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic)
      throws UncheckedLogException {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found.isEmpty()) {
      throw new UncheckedLogException("there is no topic " + topic);
    }
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  @Override
  public void close() {}
}
