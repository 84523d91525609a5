package dev.keyledger.query.memory;

import dev.keyledger.events.Topics;
import dev.keyledger.query.stream.StreamFollower;
import dev.keyledger.query.views.ViewGenerations;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** Puts the memory of live keys together. */
@Configuration(proxyBeanMethods = false)
public class MemoryConfiguration {
  private static final int RECORDS_AT_ONCE = 5000;

  @Bean
  LiveKeys liveKeys(Clock clock) {
    return new LiveKeys(clock, System::nanoTime);
  }

  @Bean
  StreamFollower memoryKeeper(
      ConsumerFactory<byte[], byte[]> consumers, ViewGenerations generations, LiveKeys live) {
    return MemoryKeeper.create(
        Topics.EVENTS,
        () -> new KafkaConsumer<>(settings(consumers.getConfigurationProperties())),
        generations,
        live,
        System::nanoTime);
  }

  /** Those of the projection, without its group: every node reads all of the topic. */
  static Map<String, Object> settings(Map<String, Object> projection) {
    Map<String, Object> settings = new HashMap<>(projection);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.merge(ConsumerConfig.CLIENT_ID_CONFIG, "-live-keys", (id, suffix) -> "" + id + suffix);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    return settings;
  }
}
