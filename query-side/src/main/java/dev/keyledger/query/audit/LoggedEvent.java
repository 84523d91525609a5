package dev.keyledger.query.audit;

import dev.keyledger.tlog.LogEntry;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * An event at its place in the log.
 *
 * @param index its place, from 0
 * @param entry the record as it was published
 * @param position number of the event in its account's key ring, from 1
 * @param type its {@code ce_type}
 * @param time when it was decided
 */
public record LoggedEvent(
    long index, LogEntry entry, String account, long position, String type, Instant time) {

  /**
   * Reads what is asked about most out of an entry.
   *
   * @throws IllegalArgumentException if the entry has no account, position, type or time
   */
  public static LoggedEvent of(long index, LogEntry entry) {
    try {
      return new LoggedEvent(
          index,
          entry,
          entry.keyText(),
          Long.parseLong(attribute(entry, "position")),
          attribute(entry, "type"),
          Instant.parse(attribute(entry, "time")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the time of the event is none", e);
    }
  }

  private static String attribute(LogEntry entry, String name) {
    String value = entry.attributeText(name);
    if (value == null) {
      throw new IllegalArgumentException("the event has no " + name);
    }
    return value;
  }
}
