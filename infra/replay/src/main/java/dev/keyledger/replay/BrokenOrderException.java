package dev.keyledger.replay;

/**
 * An event that can't follow those before it: its account's position is not the next one, or its
 * log index is not higher.
 */
public final class BrokenOrderException extends Exception {
  private static final long serialVersionUID = 1L;
  private final long logIndex;

  BrokenOrderException(KeyRing ring, LoggedEvent logged) {
    super(
        "position %d of account %s at log index %d follows position %d at log index %d"
            .formatted(
                logged.position(),
                logged.event().accountId(),
                logged.logIndex(),
                ring.position(),
                ring.logIndex()),
        null,
        false,
        false);
    this.logIndex = logged.logIndex();
  }

  BrokenOrderException(long expected, LoggedEvent logged) {
    super(
        "log index %d where %d was expected".formatted(logged.logIndex(), expected),
        null,
        false,
        false);
    this.logIndex = logged.logIndex();
  }

  /** Of the event that can't follow. */
  public long logIndex() {
    return logIndex;
  }
}
