package dev.keyledger.audit.log;

/** What was asked for can't be done; the message tells the user why. */
public class UncheckedLogException extends Exception {
  private static final long serialVersionUID = 1L;

  public UncheckedLogException(String message) {
    super(message, null, false, false);
  }
}
