package dev.keyledger.query.audit;

import dev.keyledger.replay.BrokenOrderException;
import dev.keyledger.replay.EventReader;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.replay.UnreadableEventException;

/** Hands events of the store to the replay, where one that is not right ends all. */
final class Replays {
  private static final EventReader READER = new EventReader();

  private Replays() {}

  static dev.keyledger.replay.LoggedEvent read(LoggedEvent event) {
    try {
      return READER.read(event.index(), event.entry());
    } catch (UnreadableEventException e) {
      throw new UnreadableLogException(e);
    }
  }

  static KeyRing evolve(KeyRing ring, dev.keyledger.replay.LoggedEvent event) {
    try {
      return ring.evolve(event);
    } catch (BrokenOrderException e) {
      throw new UnreadableLogException(e);
    }
  }
}
