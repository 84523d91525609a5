package dev.keyledger.replay;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.tlog.LogEntry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Reads the events in the log's entries: what a later version added to one is passed over, a value
 * of the wrong type is never bent into the right one, and an event of a type that came after this
 * version is refused, since nobody knows what it did. Safe for use by several threads.
 */
public final class EventReader {
  private static final String TYPE = attribute(CloudEvents.TYPE);
  private static final String POSITION = attribute(CloudEvents.POSITION);

  private final EventJson json = new EventJson();

  /** Reads the event of an entry. */
  public LoggedEvent read(long logIndex, LogEntry entry) throws UnreadableEventException {
    return read(
        logIndex,
        entry.keyText(),
        required(entry, TYPE),
        required(entry, POSITION),
        entry.valueStream());
  }

  /**
   * Reads an event of its parts.
   *
   * @param account the record's key
   * @param type the {@code ce_type}
   * @param position the {@code ce_position}
   * @param value of the record
   */
  LoggedEvent read(long logIndex, String account, String type, String position, byte[] value)
      throws UnreadableEventException {
    return read(logIndex, account, type, position, new ByteArrayInputStream(value));
  }

  private LoggedEvent read(
      long logIndex, String account, String type, String position, InputStream value)
      throws UnreadableEventException {
    Optional<Class<? extends KeyRingEvent>> known = EventTypes.named(type);
    if (known.isEmpty()) {
      throw new UnreadableEventException("its type is not known to this version");
    }
    KeyRingEvent event = event(value, known.get());
    if (!event.accountId().equals(account)) {
      throw new UnreadableEventException("its value names another account than its key");
    }
    return new LoggedEvent(logIndex, position(position), event);
  }

  private KeyRingEvent event(InputStream value, Class<? extends KeyRingEvent> type)
      throws UnreadableEventException {
    KeyRingEvent event;
    try {
      event = json.read(value, type);
    } catch (JacksonException quotesTheValue) {
      throw new UnreadableEventException("its value is not the JSON of its type");
    }
    String missing = event == null ? "all of it" : Completeness.missing(event);
    if (event == null || !missing.isEmpty()) {
      throw new UnreadableEventException("in its value, " + missing + " is missing");
    }
    return event;
  }

  private static long position(String text) throws UnreadableEventException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new UnreadableEventException("its position is not a number");
    }
  }

  private static String required(LogEntry entry, String attribute) throws UnreadableEventException {
    String value = entry.attributeText(attribute);
    if (value == null) {
      throw new UnreadableEventException("it has no " + attribute);
    }
    return value;
  }

  private static String attribute(String header) {
    return header.substring("ce_".length());
  }
}
