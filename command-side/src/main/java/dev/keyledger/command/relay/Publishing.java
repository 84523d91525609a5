package dev.keyledger.command.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One run of publishing, from where Kafka has acknowledged everything; it ends with the first
 * failure, and the next one begins at what was noted last. For one thread.
 */
final class Publishing {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAGE = 512;

  private final Publication publication;
  private final Checkpoints checkpoints;
  private final LogEntries entries;
  private final EventPublisher publisher;
  private final LongSupplier nanoTime;
  private long next;
  private long noted;
  private long notedAt;

  Publishing(
      Publication publication,
      Checkpoints checkpoints,
      LogEntries entries,
      EventPublisher publisher,
      LongSupplier nanoTime) {
    this.publication = publication;
    this.checkpoints = checkpoints;
    this.entries = entries;
    this.publisher = publisher;
    this.nanoTime = nanoTime;
    this.notedAt = nanoTime.getAsLong() - PAUSE.toNanos();
    this.noted = publication.published();
    // The tree needs every leaf once, and goes on from the last checkpoint.
    this.next = Math.min(noted, checkpoints.size());
  }

  /** Publishes what is in the log below an index, from its table. */
  void publishStored(long end) {
    while (next < end) {
      publish(entries.read(next, Math.min(next + PAGE, end)));
    }
  }

  /**
   * Publishes what of it was not published yet, and returns when Kafka has acknowledged it.
   *
   * @param batch begins where the one before ended, or earlier
   */
  void publish(LogBatch batch) {
    LogBatch rest = batch.from(next);
    if (rest.records().isEmpty()) {
      return;
    }
    List<ProducerRecord<String, byte[]>> placed = new ArrayList<>();
    for (LogRecord event : rest.records()) {
      placed.add(event.at(next + placed.size()));
    }
    send(placed);
    checkpoints.append(rest);
    next = rest.end();
    noteIfDue();
  }

  /** How long there is nothing to note. */
  Duration patience(Duration most) {
    if (!isDue()) {
      return most;
    }
    Duration left = PAUSE.minusNanos(nanoTime.getAsLong() - notedAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void noteIfDue() {
    if (isDue() && nanoTime.getAsLong() - notedAt >= PAUSE.toNanos()) {
      note();
    }
  }

  /** Notes how far everything is acknowledged, and lets others know by a checkpoint. */
  void note() {
    notedAt = nanoTime.getAsLong();
    if (noted < next) {
      publication.note(next);
      noted = next;
    }
    checkpoints.take(next).ifPresent(checkpoint -> send(List.of(checkpoint)));
  }

  private boolean isDue() {
    return noted < next || checkpoints.isDue();
  }

  /** Returns when Kafka has acknowledged all of them. */
  private void send(List<ProducerRecord<String, byte[]>> records) {
    EventPublisher.Batch batch = publisher.begin();
    records.forEach(batch::publish);
    batch.await();
  }
}
