package dev.keyledger.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started and has to be ended, the last first, also on Ctrl-C. */
final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile boolean closed;

  Cleanup() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "cleanup"));
  }

  /**
   * Takes care of a part from now on.
   *
   * @throws IllegalStateException when all is over already; then the part is closed
   */
  <T extends AutoCloseable> T keep(T part) {
    synchronized (parts) {
      if (!closed) {
        parts.push(part);
        return part;
      }
    }
    close(part);
    throw new IllegalStateException("The benchmark is being stopped");
  }

  /** Whether the end has begun, and failures are no news. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    synchronized (parts) {
      closed = true;
      while (!parts.isEmpty()) {
        close(parts.pop());
      }
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("Could not end " + part.getClass().getSimpleName() + ": " + e);
    }
  }
}
