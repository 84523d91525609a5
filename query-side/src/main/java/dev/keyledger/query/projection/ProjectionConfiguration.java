package dev.keyledger.query.projection;

import dev.keyledger.events.Topics;
import dev.keyledger.query.views.ViewGenerations;
import dev.keyledger.query.views.ViewReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/** Puts the projection together; nothing of it commits an offset to Kafka. */
@Configuration(proxyBeanMethods = false)
public class ProjectionConfiguration {

  @Bean
  ProjectionStatus projectionStatus(Clock clock) {
    return new ProjectionStatus(clock);
  }

  /** A node that comes back under its own name gets its partitions back at once. */
  @Bean
  DefaultKafkaConsumerFactoryCustomizer nodeId(@Value("${keyledger.node-id:}") String nodeId) {
    return factory -> {
      if (!nodeId.isBlank()) {
        factory.updateConfigs(Map.of(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, nodeId));
      }
    };
  }

  @Bean
  Projection projection(
      ConsumerFactory<byte[], byte[]> consumers,
      ViewGenerations generations,
      ViewReader reader,
      ProjectionStatus status,
      MeterRegistry registry,
      Clock clock) {
    Projector projector = new Projector(reader, new ProjectionMetrics(registry, status), clock);
    return new Projection(Topics.EVENTS, consumers, projector, generations, status, clock);
  }

  @Bean
  ProjectionHealthIndicator projectionHealthIndicator(
      ProjectionStatus status, Projection projection) {
    return new ProjectionHealthIndicator(status, projection::isConsuming);
  }
}
