package dev.keyledger.query.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Turns records of the topic into entries of the log ({@code docs/log.md}). */
final class LogRecords {
  private LogRecords() {}

  /** Whether the record has a place in the log; those from before there was one come again. */
  static boolean isLogged(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader(CloudEvents.LOG_INDEX) != null;
  }

  /**
   * The event in a record that is logged.
   *
   * @throws MalformedException if it can't be a leaf
   * @throws IllegalArgumentException if it has no index, account, position, type or time
   */
  static LoggedEvent read(ConsumerRecord<byte[], byte[]> record) throws MalformedException {
    LogEntry.Builder entry = LogEntry.builder();
    long index = -1;
    for (Header header : record.headers()) {
      if (header.key().equals(CloudEvents.LOG_INDEX)) {
        index = index(header.value());
      } else {
        entry.header(header.key(), header.value());
      }
    }
    if (index < 0) {
      throw new IllegalArgumentException("the log index is negative");
    }
    return LoggedEvent.of(index, entry.build(record.key(), record.value()));
  }

  private static long index(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalArgumentException("the log index is null");
    }
    return Long.parseLong(new String(value, US_ASCII));
  }
}
