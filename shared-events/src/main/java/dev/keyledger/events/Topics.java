package dev.keyledger.events;

/** The Kafka topics that are part of the contract. */
public final class Topics {
  /** Every event of every key ring, keyed by account id, kept for ever. */
  public static final String EVENTS = "keyledger.events.v1";

  /**
   * The current state of each live key ({@link LiveKey}), keyed by public API key and compacted; a
   * record without a value says that the key was deleted.
   */
  public static final String KEYS = "keyledger.keys.v1";

  /** The signed checkpoints of the log (C2SP tlog-checkpoint), keyed by its origin. */
  public static final String CHECKPOINTS = "keyledger.checkpoints.v1";

  /** Every read of the audit log: who asked what, and what was answered. */
  public static final String AUDIT_READS = "keyledger.audit-reads.v1";

  private Topics() {}
}
