package dev.keyledger.audit;

/** The exit statuses, which scripts rely on. */
final class Status {
  /** What was asked for is done, and nothing is wrong with the log. */
  static final int SOUND = 0;

  /** Somebody tampered with the log, or two sides don't agree about it. */
  static final int TAMPERED = 1;

  /** It could not be checked: nothing is known about the log. */
  static final int UNCHECKED = 2;

  private Status() {}
}
