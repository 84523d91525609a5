package dev.keyledger.http;

/** The headers with which a caller follows its own writes from one side to the other. */
public final class PositionHeaders {
  /** Position of the caller's key ring after a command (contract section 4). */
  public static final String POSITION = "Keyledger-Position";

  /** The position that an answer of the query side must have reached (contract section 5). */
  public static final String MIN_POSITION = "Keyledger-Min-Position";

  /** Why an answer of the query side may be older than it should be; absent when it isn't. */
  public static final String STALE = "Keyledger-Stale";

  private PositionHeaders() {}
}
