package dev.keyledger.command.relay;

import java.time.Duration;

/**
 * One run of publishing, from where Kafka has acknowledged everything; it ends with the first
 * failure, and the next one begins at what was noted last. For one thread.
 */
final class Publishing {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAGE = 512;

  private final Publication publication;
  private final LogEntries entries;
  private final EventPublisher publisher;
  private long next;
  private long noted;
  private long notedAt = System.nanoTime() - PAUSE.toNanos();

  Publishing(Publication publication, LogEntries entries, EventPublisher publisher) {
    this.publication = publication;
    this.entries = entries;
    this.publisher = publisher;
    this.noted = publication.published();
    this.next = noted;
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
    EventPublisher.Batch sent = publisher.begin();
    long index = next;
    for (LogRecord event : rest.records()) {
      sent.publish(event.at(index++));
    }
    sent.await();
    next = rest.end();
  }

  /** How long there is nothing to note. */
  Duration patience(Duration most) {
    if (noted == next) {
      return most;
    }
    Duration left = PAUSE.minusNanos(System.nanoTime() - notedAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void noteIfDue() {
    if (noted < next && System.nanoTime() - notedAt >= PAUSE.toNanos()) {
      note();
    }
  }

  /** Notes how far everything is acknowledged. */
  void note() {
    if (noted < next) {
      publication.note(next);
      noted = next;
      notedAt = System.nanoTime();
    }
  }
}
