package dev.keyledger.audit;

import dev.keyledger.audit.log.JsonFile;
import dev.keyledger.audit.log.UncheckedLogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run keeps how far it is, so that another one can go on after it. */
final class ResumeOption {
  private static final Duration EVERY = Duration.ofSeconds(15);

  @Option(
      names = "--resume",
      paramLabel = "<file>",
      description = "Keeps how far it is in this file; run again with it, it goes on from there.")
  private @Nullable Path file;

  private long saved = System.nanoTime();

  /** What makes the state, which takes a while. */
  @FunctionalInterface
  interface State {
    Object now();
  }

  <T> Optional<T> found(Class<T> type) throws UncheckedLogException {
    return file == null ? Optional.empty() : JsonFile.read(file, type);
  }

  /** Saves now and then. */
  void saveIfDue(State state) throws UncheckedLogException {
    if (file != null && System.nanoTime() - saved > EVERY.toNanos()) {
      save(state);
      saved = System.nanoTime();
    }
  }

  void save(State state) throws UncheckedLogException {
    if (file != null) {
      JsonFile.write(file, state.now());
    }
  }

  /** There is nothing to go on with. */
  void done() throws UncheckedLogException {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedLogException("can't remove " + file + ": " + e);
      }
    }
  }
}
