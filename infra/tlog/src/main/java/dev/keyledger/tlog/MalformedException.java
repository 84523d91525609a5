package dev.keyledger.tlog;

/**
 * Input that is not in its format; the message says what is wrong. No trace: it is not about code.
 */
public final class MalformedException extends Exception {
  MalformedException(String message) {
    super(message, null, false, false);
  }
}
