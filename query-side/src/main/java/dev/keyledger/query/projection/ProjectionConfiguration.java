package dev.keyledger.query.projection;

import dev.keyledger.events.Topics;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.query.views.ViewStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** Puts the projection together; nothing of it commits an offset to Kafka. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

  @Bean
  ProjectionStatus projectionStatus(Clock clock) {
    return new ProjectionStatus(clock);
  }

  /** A node that comes back under its own name gets its partitions back at once. */
  @Bean
  DefaultKafkaConsumerFactoryCustomizer nodeId(@Value("${keyledger.node-id:}") String nodeId) {
    return factory -> {
      if (!nodeId.isBlank()) {
        factory.updateConfigs(java.util.Map.of(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, nodeId));
      }
    };
  }

  @Bean
  KafkaMessageListenerContainer<byte[], byte[]> projectionContainer(
      ConsumerFactory<byte[], byte[]> consumers,
      ViewStore store,
      ViewReader reader,
      ProjectionStatus status,
      MeterRegistry registry,
      Clock clock) {
    ContainerProperties properties = new ContainerProperties(Topics.EVENTS);
    properties.setAckMode(AckMode.MANUAL);
    properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
    properties.setPollTimeout(ProjectionListener.LOOK_EVERY.toMillis());
    properties.setIdleEventInterval(ProjectionListener.LOOK_EVERY.toMillis());
    properties.setIdleBeforeDataMultiplier(1);
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10));
    KafkaMessageListenerContainer<byte[], byte[]> container =
        new KafkaMessageListenerContainer<>(consumers, properties);
    container.setBeanName("projection");

    Patience patience = new Patience(container::isRunning);
    Projector projector =
        new Projector(store, reader, new ProjectionMetrics(registry, status), clock);
    ProjectionListener listener =
        new ProjectionListener(Topics.EVENTS, projector, store, status, patience, clock);
    container.setupMessageListener(listener);
    container.setCommonErrorHandler(patience);
    container.getContainerProperties().setConsumerRebalanceListener(listener);
    container.setApplicationEventPublisher(event -> {
      if (event instanceof ListenerContainerIdleEvent idle) {
        listener.idle(idle.getConsumer());
      }
    });
    return container;
  }

  @Bean
  ProjectionHealthIndicator projectionHealthIndicator(
      ProjectionStatus status, KafkaMessageListenerContainer<byte[], byte[]> projection) {
    return new ProjectionHealthIndicator(status, projection::isRunning);
  }
}
