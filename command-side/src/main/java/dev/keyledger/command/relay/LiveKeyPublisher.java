package dev.keyledger.command.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells what has become of keys, on the node that publishes the log. The last record of a key has
 * to be its newest state, and a subscriber can't see to that: compaction leaves nothing else. So
 * Kafka itself keeps out who was relieved: all nodes write under one transactional id, and from
 * when one of them has come in, what an earlier one still sends is refused. Rows are read after
 * that; what is read then is at least as new as anything that an earlier one sent.
 */
public class LiveKeyPublisher implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LiveKeyPublisher.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Duration LET_END = Duration.ofSeconds(10);
  private static final int MOST_TOGETHER = 512;

  private final LiveKeyStore keys;
  private final Publication publication;
  private final Supplier<Producer<String, byte[]>> producers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Producer<String, byte[]> producer;
  private volatile @Nullable Thread loop;

  /**
   * @param producers makes a transactional producer, always with the same id
   */
  LiveKeyPublisher(
      LiveKeyStore keys, Publication publication, Supplier<Producer<String, byte[]>> producers) {
    this.keys = keys;
    this.publication = publication;
    this.producers = producers;
  }

  @Override
  public void start() {
    // Known before it runs: the thread looks whether it is still wanted.
    Thread thread = Thread.ofPlatform().name("live-keys").daemon().unstarted(this::work);
    loop = thread;
    thread.start();
  }

  @Override
  public void stop() {
    Thread running = loop;
    loop = null;
    stopped.countDown();
    if (running != null) {
      try {
        running.join(LET_END);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }

  private void work() {
    boolean well = true;
    while (isRunning()) {
      try {
        if (publication.isOurs()) {
          publish();
        }
        well = true;
      } catch (RuntimeException failure) {
        discard();
        if (well) {
          LOG.warn("The topic of keys waits: {}", reason(failure));
        }
        well = false;
      }
      try {
        boolean _ = stopped.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException hurry) {
        break;
      }
    }
    discard();
  }

  /** Tells all that there is to tell. */
  void publish() {
    while (keys.lag() > 0 && stopped.getCount() > 0) {
      while (keys.fold()) {}
      if (!keys.pending(1).isEmpty()) {
        Producer<String, byte[]> ours = current();
        tell(ours, keys.pending(MOST_TOGETHER));
      }
    }
  }

  private void tell(Producer<String, byte[]> ours, List<LiveKeyRow> rows) {
    ours.beginTransaction();
    for (LiveKeyRow row : rows) {
      var _ = ours.send(row.record());
    }
    ours.commitTransaction();
    keys.told(rows);
  }

  private Producer<String, byte[]> current() {
    Producer<String, byte[]> current = producer;
    if (current == null) {
      current = producers.get();
      producer = current;
      current.initTransactions();
    }
    return current;
  }

  /** What it had begun is ended by the next one that comes in. */
  private void discard() {
    Producer<String, byte[]> last = producer;
    producer = null;
    if (last != null) {
      last.close(Duration.ZERO);
    }
  }

  private static @Nullable String reason(RuntimeException failure) {
    return failure instanceof LogFaultException
        ? failure.getMessage()
        : failure.getClass().getSimpleName();
  }
}
