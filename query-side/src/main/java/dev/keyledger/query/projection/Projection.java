package dev.keyledger.query.projection;

import dev.keyledger.query.views.ViewGenerations;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * The consumer of the topic. It commits nothing to Kafka, and the service lives without it: where
 * not even the brokers' names can be resolved yet, starting is tried again in the background.
 */
final class Projection implements SmartLifecycle {
  private static final Duration RETRY_UNAUTHORIZED = Duration.ofSeconds(10);

  private final KafkaMessageListenerContainer<byte[], byte[]> container;
  private final Patience patience = new Patience(this::isRunning);
  private volatile boolean running;

  Projection(
      String topic,
      ConsumerFactory<byte[], byte[]> consumers,
      Projector projector,
      ViewGenerations generations,
      ProjectionStatus status,
      Clock clock) {
    ProjectionListener listener =
        new ProjectionListener(topic, projector, generations, status, patience, clock);
    ContainerProperties properties = new ContainerProperties(topic);
    properties.setMessageListener(listener);
    properties.setConsumerRebalanceListener(listener);
    properties.setAckMode(AckMode.MANUAL);
    properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
    properties.setPollTimeout(ProjectionListener.LOOK_EVERY.toMillis());
    properties.setIdleEventInterval(ProjectionListener.LOOK_EVERY.toMillis());
    properties.setIdleBeforeDataMultiplier(1);
    properties.setAuthExceptionRetryInterval(RETRY_UNAUTHORIZED);
    // The others that read the topic take the factory's settings only, and make their own.
    consumers.addPostProcessor(consumer -> FreshPolls.of(consumer, System::nanoTime));
    container = new KafkaMessageListenerContainer<>(consumers, properties);
    container.setBeanName("projection");
    container.setCommonErrorHandler(patience);
    container.setApplicationEventPublisher(event -> {
      if (event instanceof ListenerContainerIdleEvent idle) {
        listener.idle(idle.getConsumer());
      }
    });
  }

  /** Whether the consumer's thread is there; it ends by itself only on what can't be mended. */
  boolean isConsuming() {
    return container.isRunning();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("projection-start").start(() -> patience.until(this::startContainer));
  }

  @Override
  public void stop() {
    running = false;
    synchronized (container) {
      container.stop();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private boolean startContainer() {
    synchronized (container) {
      if (running) {
        container.start();
      }
      return true;
    }
  }
}
