package dev.keyledger.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * What it took a process until its first answer.
 *
 * @param cpuSeconds user and system time of all its threads
 */
record Start(double seconds, double cpuSeconds) {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Asks again and again until the status is one of those wanted. */
  static Start await(Child child, long began, int port, String path, IntPredicate wanted)
      throws IOException, InterruptedException {
    Request request = Request.get(path, "");
    while (System.nanoTime() - began < LONGEST.toNanos()) {
      if (answers(port, request, wanted)) {
        double cpu = child.cpuSeconds();
        return new Start((System.nanoTime() - began) / 1e9, cpu);
      }
      if (!child.isAlive()) {
        throw new IOException("A process ended before its first answer; its port was " + port);
      }
      Thread.sleep(POLL);
    }
    throw new IOException(
        "There was no answer to %s on port %d within %s".formatted(request.line(), port, LONGEST));
  }

  /** Starts a process, waits for its first answer, and ends it. */
  static Start measure(
      ServiceCommand command, Path log, Cleanup cleanup, int port, String path, IntPredicate wanted)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (Child child = cleanup.keep(Child.start(command.command(), command.environment(), log))) {
      return await(child, began, port, path, wanted);
    }
  }

  private static boolean answers(int port, Request request, IntPredicate wanted) {
    try (Connection connection = new Connection(port)) {
      return wanted.test(connection.exchange(request).status());
    } catch (IOException e) {
      return false; // not there yet
    }
  }
}
