package dev.keyledger.query.audit;

/** What this node knows of the log; written by its follower, read by all. */
final class LogStatus {
  private volatile long size;
  private volatile long checkpointSize;
  private volatile long alarms;
  private volatile boolean stands;

  /** Number of events that are here without a gap. */
  long size() {
    return size;
  }

  /** Size of the newest checkpoint that this node let through, or found when it started. */
  long checkpointSize() {
    return checkpointSize;
  }

  /** How often the log was found to be wrong. */
  long alarms() {
    return alarms;
  }

  /** Whether an event does not come although a checkpoint proves that there is one. */
  boolean stands() {
    return stands;
  }

  void stands(boolean still) {
    stands = still;
  }

  void grown(long newSize) {
    size = newSize;
  }

  void signed(long newSize) {
    checkpointSize = newSize;
  }

  void alarmed(long count) {
    alarms = count;
  }
}
