package dev.keyledger.query.memory;

import java.util.List;
import java.util.Optional;

/**
 * One account at one position.
 *
 * @param partition the topic's partition that its events come from
 * @param position number of the last event that is in it
 * @param knownPosition the highest position that is known to exist
 */
public record LiveAccount(
    String accountId, int partition, long position, long knownPosition, List<LiveKey> keys) {

  /** Whether every event that is known to exist is in it; else nothing may be said of its keys. */
  public boolean complete() {
    return position >= knownPosition;
  }

  /** The same keys at another position. */
  LiveAccount moved(int source, long next, long known) {
    return new LiveAccount(accountId, source, next, known, keys);
  }

  Optional<LiveKey> key(KeyId id) {
    for (LiveKey key : keys) {
      if (key.id().equals(id)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
