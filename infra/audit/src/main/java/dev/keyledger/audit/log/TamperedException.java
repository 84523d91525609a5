package dev.keyledger.audit.log;

/** The log is not what was signed, or no log at all; the message names what is wrong. */
public final class TamperedException extends Exception {
  /** Stands for the index where something is wrong that is no event. */
  public static final long NO_EVENT = -1;

  private static final long serialVersionUID = 1L;
  private final long index;

  /**
   * A finding.
   *
   * @param index the first one that is bad, or may be where that can't be told; or {@link
   *     #NO_EVENT}
   */
  public TamperedException(long index, String message) {
    super(message, null, false, false);
    this.index = index;
  }

  /** The first index that is bad, or may be where that can't be told. */
  public long index() {
    return index;
  }
}
