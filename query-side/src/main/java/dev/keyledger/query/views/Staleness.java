package dev.keyledger.query.views;

/** Tells whether a view can lag behind for longer than usual. */
@FunctionalInterface
public interface Staleness {
  /** Whether the projection of this account's partition stopped until an upgrade. */
  boolean stopped(AccountView view);
}
