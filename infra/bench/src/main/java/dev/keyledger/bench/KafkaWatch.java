package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** An ordinary subscriber that notes when it got which event. */
final class KafkaWatch implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Sees what is appended from now on. */
  KafkaWatch(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.EVENTS).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // the end of now, not of the first poll
    thread = Thread.ofPlatform().name("kafka-watch").start(this::watch);
  }

  /** When an event came, in {@link System#nanoTime}; null if it didn't yet. */
  @Nullable Long arrival(String account, long position) {
    return arrivals.get(account + ":" + position);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }

  private void watch() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofMillis(100))) {
          Header id = event.headers().lastHeader(CloudEvents.ID);
          arrivals.putIfAbsent(new String(id.value(), UTF_8), System.nanoTime());
        }
      }
    }
  }
}
