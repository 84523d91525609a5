package dev.keyledger.query.projection;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Tries again for as long as it takes, at growing intervals: the store or Kafka will come back, and
 * no record may be lost meanwhile. The intervals stay far below {@code max.poll.interval.ms}, so
 * that the consumer keeps its partitions.
 */
final class Patience implements CommonErrorHandler {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 2000;
  private static final Logger log = LoggerFactory.getLogger(Patience.class);

  private final BooleanSupplier running;
  private long millis = FIRST_MILLIS;

  /**
   * @param running turns false when there is no more reason to wait
   */
  Patience(BooleanSupplier running) {
    this.running = running;
  }

  /** Things work again. */
  void restored() {
    millis = FIRST_MILLIS;
  }

  /** Does something until it succeeds; empty if this node stops before that. */
  <T> Optional<T> until(Supplier<T> work) {
    while (running.getAsBoolean()) {
      try {
        T result = work.get();
        restored();
        return Optional.of(result);
      } catch (RuntimeException e) {
        pause(e);
      }
    }
    return Optional.empty();
  }

  @Override
  public void handleBatch(
      Exception failure,
      ConsumerRecords<?, ?> batch,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    for (TopicPartition partition : batch.partitions()) {
      consumer.seek(partition, batch.records(partition).getFirst().offset());
    }
    pause(failure);
  }

  @Override
  public void handleOtherException(
      Exception failure,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    pause(failure);
  }

  private void pause(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    log.warn("the projection waits {} ms and tries again: {}", millis, cause.toString());
    try {
      ListenerUtils.conditionalSleep(running::getAsBoolean, millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    millis = Math.min(2 * millis, LONGEST_MILLIS);
  }
}
