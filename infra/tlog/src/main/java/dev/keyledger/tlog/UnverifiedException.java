package dev.keyledger.tlog;

/** A note that no trusted key vouches for; the message says why. Its text must not be used. */
public final class UnverifiedException extends Exception {
  UnverifiedException(String message) {
    super(message, null, false, false);
  }
}
