package dev.keyledger.command.store;

import org.axonframework.eventhandling.TrackingEventProcessor;

/**
 * Axon's tracking processor, but after a failure it tries again within {@value #MOST_MILLIS} ms,
 * not within a minute: when Kafka is back, the backlog should not wait.
 */
final class CappedBackOffProcessor extends TrackingEventProcessor {
  private static final long MOST_MILLIS = 2_000;

  CappedBackOffProcessor(Builder builder) {
    super(builder);
  }

  @Override
  protected void doSleepFor(long millis) {
    super.doSleepFor(Math.min(millis, MOST_MILLIS));
  }
}
