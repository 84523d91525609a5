package dev.keyledger.audit.log;

import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;

/**
 * An entry at its place in the log.
 *
 * @param leafHash of the entry
 */
public record LogRecord(long index, LogEntry entry, Hash leafHash) {
  public LogRecord(long index, LogEntry entry) {
    this(index, entry, entry.leafHash());
  }
}
