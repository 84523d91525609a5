package dev.keyledger.query.rebuild;

import java.util.Locale;

/** How a rebuild is, in one word. */
public enum RebuildState {
  /** There never was one. */
  NONE,
  /** The new views are filled. */
  BUILDING,
  /** It waits for a version that knows the next event's type; the old views are served. */
  STOPPED,
  /** The new views hold everything, and the nodes change over to them. */
  SWITCHING,
  /** The new views are served. */
  DONE;

  /** What a record tells. */
  public static RebuildState of(Rebuild rebuild) {
    if (rebuild.stoppedBy() != null) {
      return STOPPED;
    }
    return switch (rebuild.generations().stage()) {
      case SERVING -> rebuild.startedAt() == null ? NONE : DONE;
      case BUILDING -> BUILDING;
      case COMPARING, HANDING_OVER -> SWITCHING;
    };
  }

  /** The word in answers and in metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
