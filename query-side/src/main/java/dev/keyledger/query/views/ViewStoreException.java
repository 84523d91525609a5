package dev.keyledger.query.views;

/** The view store does not answer. */
public final class ViewStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ViewStoreException(Throwable cause) {
    super("the view store does not answer", cause);
  }
}
