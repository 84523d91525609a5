package dev.keyledger.audit.verify;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far a verification is.
 *
 * @param source where the log is read from, in words
 * @param size of the tree so far
 * @param subtrees the roots of its perfect subtrees, in Base64
 * @param covered number of events that checkpoints vouch for
 * @param compared checkpoints that were compared
 * @param fromTheBeginning whether it began with the first event of the log
 * @param positions of the last event of each account
 * @param repeats records that came again
 * @param offsets where the broker is to be read on from
 */
public record VerificationState(
    String source,
    long size,
    List<String> subtrees,
    long covered,
    int compared,
    boolean fromTheBeginning,
    Map<String, Long> positions,
    long repeats,
    Map<Integer, Long> offsets) {
  public VerificationState {
    subtrees = List.copyOf(subtrees);
    positions = Map.copyOf(positions);
    offsets = Map.copyOf(offsets);
    Objects.requireNonNull(source);
  }
}
