package dev.keyledger.query.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows a topic from start to stop on a thread of its own; what breaks is begun anew after a
 * moment.
 */
public final class StreamFollower implements SmartLifecycle {
  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 2000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(StreamFollower.class);

  private final String name;
  private final String complaint;
  private final Consumer<BooleanSupplier> reading;
  private volatile CountDownLatch stopping = new CountDownLatch(0);
  private volatile @Nullable Thread thread;
  private String said = "";

  /**
   * Reads once it is started.
   *
   * @param name of the thread
   * @param complaint what the log says, before the cause, when something broke
   * @param reading goes on until it is told to stop or something breaks
   */
  public StreamFollower(String name, String complaint, Consumer<BooleanSupplier> reading) {
    this.name = name;
    this.complaint = complaint;
    this.reading = reading;
  }

  @Override
  public void start() {
    stopping = new CountDownLatch(1);
    thread = Thread.ofPlatform().name(name).daemon().start(this::follow);
  }

  @Override
  public void stop() {
    stopping.countDown();
    Thread following = thread;
    if (following != null) {
      try {
        following.join(STOP_WITHIN);
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

  private void follow() {
    long millis = FIRST_MILLIS;
    while (isRunning()) {
      try {
        reading.accept(this::isRunning);
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
      log.warn("{}: {}", complaint, cause);
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
