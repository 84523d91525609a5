package dev.keyledger.audit.export;

/** A row of an export that is not one; the message says why, and quotes nothing of it. */
final class MalformedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRowException(String message) {
    super(message, null, false, false);
  }
}
