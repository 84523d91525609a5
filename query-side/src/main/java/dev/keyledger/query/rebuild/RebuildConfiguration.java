package dev.keyledger.query.rebuild;

import dev.keyledger.events.Topics;
import dev.keyledger.query.stream.StreamFollower;
import dev.keyledger.query.views.ViewGenerations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** Puts the rebuild together. */
@Configuration(proxyBeanMethods = false)
public class RebuildConfiguration {
  @Bean
  Rebuilds rebuilds(
      ConsumerFactory<byte[], byte[]> consumers,
      ViewGenerations generations,
      RebuildStore store,
      @Value("${keyledger.node-id:}") String nodeId,
      MeterRegistry registry,
      Clock clock) {
    Map<String, Object> settings = Filler.consuming(consumers.getConfigurationProperties());
    Rebuilds rebuilds =
        new Rebuilds(
            Topics.EVENTS,
            () -> new KafkaConsumer<>(settings),
            generations,
            store,
            nodeId.isBlank() ? UUID.randomUUID().toString() : nodeId,
            clock,
            System::nanoTime);
    RebuildMetrics.register(registry, rebuilds, clock);
    return rebuilds;
  }

  @Bean
  StreamFollower rebuildKeeper(Rebuilds rebuilds) {
    return new StreamFollower(
        "rebuild", "what is known of rebuilds is looked up anew", rebuilds::keep);
  }
}
