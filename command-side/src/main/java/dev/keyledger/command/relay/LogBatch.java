package dev.keyledger.command.relay;

import java.util.ArrayList;
import java.util.List;

/**
 * Records that lie side by side in the log.
 *
 * @param first log index of the first one
 */
record LogBatch(long first, List<LogRecord> records) {
  LogBatch {
    records = List.copyOf(records);
  }

  /** Log index of what comes after it. */
  long end() {
    return first + records.size();
  }

  /** What of it is not below an index. */
  LogBatch from(long logIndex) {
    int below = Math.clamp(logIndex - first, 0, records.size());
    return new LogBatch(first + below, records.subList(below, records.size()));
  }

  /** This batch and the next one. */
  LogBatch and(LogBatch next) {
    List<LogRecord> both = new ArrayList<>(records);
    both.addAll(next.records);
    return new LogBatch(first, both);
  }
}
