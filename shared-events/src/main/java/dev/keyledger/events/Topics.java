package dev.keyledger.events;

/** The Kafka topics that are part of the contract. */
public final class Topics {
  /** Every event of every key ring, keyed by account id, kept for ever. */
  public static final String EVENTS = "keyledger.events.v1";

  private Topics() {}
}
