package dev.keyledger.query.memory;

import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the memory up from start to stop, on a thread of its own, with a consumer that belongs to
 * no group: every node reads everything. What breaks is begun anew after a moment.
 */
final class MemoryKeeper implements SmartLifecycle {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 2000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(MemoryKeeper.class);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ViewStore store;
  private final LiveKeys live;
  private final LongSupplier nanoTime;
  private volatile CountDownLatch stopping = new CountDownLatch(0);
  private volatile @Nullable Thread thread;
  private String said = "";

  MemoryKeeper(
      String topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      ViewStore store,
      LiveKeys live,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.consumers = consumers;
    this.store = store;
    this.live = live;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start() {
    stopping = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("live-keys").daemon().start(this::keep);
  }

  @Override
  public void stop() {
    stopping.countDown();
    Thread reading = thread;
    if (reading != null) {
      try {
        reading.join(STOP_WITHIN);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Outlasts the web server. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public boolean isRunning() {
    return stopping.getCount() > 0;
  }

  private void keep() {
    long millis = FIRST_MILLIS;
    while (isRunning()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        new MemoryReader(topic, consumer, store, live, nanoTime).read(this::isRunning);
        millis = FIRST_MILLIS;
      } catch (InterruptException _) {
        return;
      } catch (RuntimeException e) {
        say(e.toString());
        pause(millis);
        millis = Math.min(2 * millis, LONGEST_MILLIS);
      }
    }
  }

  /** Once for each cause, not for each try. */
  private void say(String cause) {
    if (!cause.equals(said)) {
      log.warn("the memory of live keys is built anew: {}", cause);
      said = cause;
    }
  }

  private void pause(long millis) {
    try {
      boolean _ = stopping.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
