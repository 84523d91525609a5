package dev.keyledger.e2e;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows one account's events on Kafka, as any other service could. */
public final class EventReader implements AutoCloseable {
  private final KafkaConsumer<String, String> consumer;
  private final String accountId;

  /**
   * An event as it lies on the topic.
   *
   * @param position its number in the account's key ring
   */
  public record Event(String id, String type, long position, String json) {}

  /** Reads from the beginning of the topic. */
  public EventReader(String bootstrapServers, String accountId) {
    this.accountId = accountId;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new StringDeserializer());
  }

  /**
   * Every record of the account that was not returned before, up to and including the first one
   * with the position, repeats included.
   *
   * @throws IllegalStateException if the position did not appear in time
   */
  public List<Event> readUntil(long position, Duration within) {
    List<Event> events = new ArrayList<>();
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < deadline) {
      if (consumer.assignment().isEmpty()) {
        assign();
      }
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
        if (accountId.equals(record.key())) {
          events.add(eventOf(record));
        }
      }
      if (events.stream().anyMatch(event -> event.position() >= position)) {
        return events;
      }
    }
    throw new IllegalStateException(
        "Position " + position + " did not appear on Kafka; what did: " + events);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void assign() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.EVENTS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private static Event eventOf(ConsumerRecord<String, String> record) {
    return new Event(
        header(record, CloudEvents.ID),
        header(record, CloudEvents.TYPE),
        Long.parseLong(header(record, CloudEvents.POSITION)),
        record.value());
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
