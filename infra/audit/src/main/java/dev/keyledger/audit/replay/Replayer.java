package dev.keyledger.audit.replay;

import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.replay.At;
import dev.keyledger.replay.BrokenOrderException;
import dev.keyledger.replay.EventReader;
import dev.keyledger.replay.KeyRings;
import dev.keyledger.replay.LoggedEvent;
import dev.keyledger.replay.UnreadableEventException;
import java.util.Map;

/** Replays a log from its first event. */
public final class Replayer {
  private final EventReader events = new EventReader();
  private final LogSource log;
  private final long required;

  /**
   * Of that log.
   *
   * @param required number of events that it must have
   */
  public Replayer(LogSource log, long required) throws UncheckedLogException {
    if (log.before().size() > 0) {
      throw new UncheckedLogException("a replay needs the log from its first event on");
    }
    this.log = log;
    this.required = required;
  }

  /** Is told of each event that was replayed. */
  @FunctionalInterface
  public interface Visitor {
    /** The rings are those after the event, and the reader is about to read the next one. */
    void replayed(KeyRings rings, LogReader reader) throws UncheckedLogException;
  }

  /**
   * The rings after all events up to the first one that no longer counts.
   *
   * @throws TamperedException if the events don't follow one another
   * @throws UncheckedLogException if one can't be read
   */
  public KeyRings replay(At until, Visitor visitor)
      throws TamperedException, UncheckedLogException {
    return replay(new KeyRings(), Map.of(), until, visitor);
  }

  /**
   * The same, where the first events were replayed already.
   *
   * @param rings after these
   * @param offsets where the broker is to be read on from
   */
  public KeyRings replay(KeyRings rings, Map<Integer, Long> offsets, At until, Visitor visitor)
      throws TamperedException, UncheckedLogException {
    try (LogReader reader = log.read(rings.size(), offsets, required)) {
      for (LogRecord next = reader.next(); next != null; next = reader.next()) {
        LoggedEvent event = events.read(next.index(), next.entry());
        if (!until.includes(event)) {
          break;
        }
        rings.apply(event);
        visitor.replayed(rings, reader);
      }
      return rings;
    } catch (BrokenOrderException e) {
      throw new TamperedException(e.logIndex(), String.valueOf(e.getMessage()));
    } catch (UnreadableEventException e) {
      throw new UncheckedLogException(
          "the event of index " + rings.size() + " can't be replayed: " + e.getMessage());
    }
  }
}
