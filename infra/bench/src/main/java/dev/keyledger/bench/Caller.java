package dev.keyledger.bench;

/** One of those who call at the same time, with a connection of its own. */
interface Caller extends AutoCloseable {
  /** Does one operation and waits for its end; throws if it went wrong. */
  void call() throws Exception;

  @Override
  default void close() throws Exception {}

  /** Makes the callers of a round. */
  interface Source {
    /**
     * Makes one, and connects it.
     *
     * @param number 0 for the first caller, 1 for the next
     */
    Caller open(int number) throws Exception;
  }
}
