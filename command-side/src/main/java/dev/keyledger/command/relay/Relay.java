package dev.keyledger.command.relay;

import dev.keyledger.tlog.NoteSigner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the log in its order, on the node that writes it. What was just written is handed over
 * in memory; after a start, a failure, or where more was written than is kept waiting, it is read
 * from the table.
 */
public class Relay implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LET_ARRIVE = Duration.ofSeconds(10);
  private static final int MOST_BATCHES = 16;
  private static final int MOST_TOGETHER = 2_048;
  private static final LogBatch NOTHING = new LogBatch(0, List.of());

  private final Publication publication;
  private final CheckpointStore checkpoints;
  private final NoteSigner signer;
  private final LogEntries entries;
  private final EventPublisher publisher;
  private final BlockingQueue<LogBatch> waiting = new ArrayBlockingQueue<>(MOST_BATCHES);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread loop;
  private volatile @Nullable String fault;

  Relay(
      Publication publication,
      CheckpointStore checkpoints,
      NoteSigner signer,
      LogEntries entries,
      EventPublisher publisher) {
    this.publication = publication;
    this.checkpoints = checkpoints;
    this.signer = signer;
    this.entries = entries;
    this.publisher = publisher;
  }

  /** Says that this batch is in the log for good. Never waits. */
  void handOver(LogBatch batch) {
    boolean _ = waiting.offer(batch);
  }

  /** What the log and the event store don't agree on, so that nothing is published; else null. */
  @Nullable String fault() {
    return fault;
  }

  @Override
  public void start() {
    // Known before it runs: the thread looks whether it is still wanted.
    Thread thread = Thread.ofPlatform().name("relay").daemon().unstarted(this::work);
    loop = thread;
    thread.start();
  }

  /** Lets what is in the log already get out. */
  @Override
  public void stop() {
    Thread running = loop;
    loop = null;
    stopped.countDown();
    handOver(NOTHING);
    if (running != null) {
      try {
        running.join(LET_ARRIVE);
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }

  /** Starts before the follower that writes the log, and stops after it. */
  @Override
  public int getPhase() {
    return -1;
  }

  private void work() {
    while (isRunning()) {
      try {
        publishWhileOurs();
      } catch (InterruptedException hurry) {
        return;
      } catch (LogFaultException found) {
        if (fault == null) {
          LOG.error("Nothing more is published, since the log is at fault: {}", found.getMessage());
        }
        fault = found.getMessage();
        rest();
      } catch (RuntimeException away) {
        LOG.warn("Publishing waits: {}", away.getClass().getSimpleName());
        rest();
      }
    }
  }

  private void publishWhileOurs() throws InterruptedException {
    LogBatch fresh = take(LOOK_AGAIN);
    if (fresh.records().isEmpty() && !isOurs()) {
      fault = null;
      return;
    }
    Publishing publishing =
        new Publishing(
            publication,
            new Checkpoints(checkpoints, signer),
            entries,
            publisher,
            System::nanoTime);
    do {
      if (fresh.records().isEmpty()) {
        publishing.publishStored(entries.size());
      } else {
        publishing.publishStored(fresh.first());
        publishing.publish(fresh);
      }
      publishing.noteIfDue();
      fault = null;
      fresh = take(publishing.patience(LOOK_AGAIN));
    } while (!fresh.records().isEmpty() || isOurs());
    publishing.note();
  }

  private boolean isOurs() {
    return isRunning() && publication.isOurs();
  }

  /** What was handed over and lies side by side; nothing if there was nothing for a while. */
  private LogBatch take(Duration patience) throws InterruptedException {
    LogBatch batch = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (batch == null) {
      return NOTHING;
    }
    for (LogBatch next = waiting.peek();
        next != null && next.first() == batch.end() && batch.records().size() < MOST_TOGETHER;
        next = waiting.peek()) {
      batch = batch.and(waiting.remove());
    }
    return batch;
  }

  private void rest() {
    try {
      boolean _ = stopped.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
