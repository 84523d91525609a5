package dev.keyledger.audit.replay;

import dev.keyledger.replay.KeyRing;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far a replay is.
 *
 * @param source where the log is read from, in words
 * @param size number of events so far
 * @param rings of all accounts
 * @param offsets where the broker is to be read on from
 */
public record ReplayState(
    String source, long size, List<KeyRing> rings, Map<Integer, Long> offsets) {
  public ReplayState {
    rings = List.copyOf(rings);
    offsets = Map.copyOf(offsets);
    Objects.requireNonNull(source);
  }
}
