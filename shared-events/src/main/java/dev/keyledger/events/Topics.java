package dev.keyledger.events;

import java.util.Map;

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

  private static final int THREE_COPIES = 3;

  private Topics() {}

  /**
   * Kafka's settings of a topic whose records are never deleted, whatever the brokers' defaults.
   */
  public static Map<String, String> keptForEver(int copies) {
    return Map.of(
        "retention.ms",
        "-1",
        "retention.bytes",
        "-1",
        "cleanup.policy",
        "delete",
        "min.insync.replicas",
        minInSync(copies));
  }

  /** How many copies have a record before it is acknowledged: one may be away where there are 3. */
  public static String minInSync(int copies) {
    return copies >= THREE_COPIES ? "2" : "1";
  }
}
