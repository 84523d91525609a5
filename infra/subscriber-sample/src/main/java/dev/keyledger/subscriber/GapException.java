package dev.keyledger.subscriber;

/** Something is missing before this event, so that nothing right can be made of it. */
final class GapException extends Exception {
  private static final long serialVersionUID = 1L;

  GapException(String account, long position, long last) {
    super(
        "position %d of account %s follows %d: events were lost on the way, or are read from the middle"
            .formatted(position, account, last));
  }
}
