package dev.keyledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that outlived the launcher that started it. */
final class Orphan {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Orphan() {}

  /**
   * Finds the process named in the first line of a pid file, if it still runs and its command line
   * holds {@code mark}; the mark keeps a recycled process id from being taken for ours.
   */
  static Optional<ProcessHandle> find(Path pidFile, String mark) throws IOException {
    return running(pidFile).filter(process -> commandLine(process).contains(mark));
  }

  /** Whether the process id in the file belongs to another program by now. */
  static boolean isReused(Path pidFile, String mark) throws IOException {
    return running(pidFile)
        .map(Orphan::commandLine)
        .filter(line -> !line.isEmpty() && !line.contains(mark))
        .isPresent();
  }

  private static Optional<ProcessHandle> running(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (!pid.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  /** Sends the named signal and waits for the end; kills what doesn't end within 20 s. */
  static void stop(ProcessHandle process, String signal) throws IOException, InterruptedException {
    stop(process, signal, PATIENCE);
  }

  /** The same, with more or less patience. */
  static void stop(ProcessHandle process, String signal, Duration patience)
      throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
