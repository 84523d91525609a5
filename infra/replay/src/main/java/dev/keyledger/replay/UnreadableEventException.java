package dev.keyledger.replay;

/** A record of the log that can't be replayed; the message says why, and quotes nothing of it. */
public final class UnreadableEventException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message) {
    super(message, null, false, false);
  }
}
