package dev.keyledger.query.audit;

/** An event of the log can't be replayed by this version, so what came of it is not known. */
public final class UnreadableLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableLogException(Throwable cause) {
    super("an event of the log can't be replayed", cause, false, false);
  }
}
