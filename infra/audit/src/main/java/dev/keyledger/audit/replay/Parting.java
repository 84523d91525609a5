package dev.keyledger.audit.replay;

import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.replay.At;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Finds the first event after which two sides have not the same state. */
public final class Parting {
  /** States of a pass; each pass reads the log once. */
  private static final int STATES = 100;

  private final Replayer replayer;
  private final OtherSide other;

  public Parting(Replayer replayer, OtherSide other) {
    this.replayer = replayer;
    this.other = other;
  }

  /**
   * The index of that event.
   *
   * @param size number of events after which they have not the same state
   */
  public long find(long size) throws TamperedException, UncheckedLogException {
    long same = 0;
    long different = size;
    while (different - same > 1) {
      NavigableMap<Long, String> states = states(same, different);
      while (!states.isEmpty()) {
        Map.Entry<Long, String> middle = middle(states);
        if (other.stateHash(middle.getKey() - 1).equals(middle.getValue())) {
          same = middle.getKey();
          states = states.tailMap(same, false);
        } else {
          different = middle.getKey();
          states = states.headMap(different, false);
        }
      }
    }
    return same;
  }

  /** The hashes of states in between, by number of events. */
  private NavigableMap<Long, String> states(long same, long different)
      throws TamperedException, UncheckedLogException {
    long step = Math.max(1, (different - same) / STATES);
    NavigableMap<Long, String> states = new TreeMap<>();
    replayer.replay(
        new At.Index(different - 2),
        (rings, _) -> {
          if (rings.size() > same && (rings.size() - same) % step == 0) {
            states.put(rings.size(), rings.stateHash().toString());
          }
        });
    return states;
  }

  private static Map.Entry<Long, String> middle(NavigableMap<Long, String> states) {
    return states.entrySet().stream().skip(states.size() / 2).findFirst().orElseThrow();
  }
}
