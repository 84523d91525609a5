package dev.keyledger.query.views;

/** The view does not hold the asked-for position yet. */
public final class NotYetVisibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotYetVisibleException() {
    super("the view does not hold this position yet", null, false, false);
  }
}
