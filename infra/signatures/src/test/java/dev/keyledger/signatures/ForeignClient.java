package dev.keyledger.signatures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients that sign and verify with other people's libraries, where the machine has node and npm:
 * {@code infra/interop/client.mjs}. The libraries are fetched once, pinned by the lock file.
 */
public final class ForeignClient {
  /** What may be asked for. */
  public static final List<String> LIBRARIES =
      List.of("http-message-sig", "http-message-signatures");

  private static final int MINUTES_TO_INSTALL = 3;
  private static final int SECONDS_TO_RUN = 30;
  private static final Path HOME = home();

  private final String library;

  private ForeignClient(String library) {
    this.library = library;
  }

  /** A client with one of {@link #LIBRARIES}. */
  public static ForeignClient of(String library) {
    return new ForeignClient(library);
  }

  /** Whether there is node, and the libraries are there or could be fetched. */
  public static synchronized boolean isAvailable() {
    return succeeds(SECONDS_TO_RUN, "node", "--version")
        && (Files.exists(HOME.resolve("node_modules/.package-lock.json"))
            || succeeds(MINUTES_TO_INSTALL * 60, "npm", "ci", "--no-progress", "--loglevel=error"));
  }

  /**
   * Runs the client.
   *
   * @param input the JSON that {@code client.mjs} reads
   * @return the JSON that it prints
   */
  public String run(String input) {
    try {
      Process process =
          new ProcessBuilder("node", "client.mjs", library)
              .directory(HOME.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_TO_RUN, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(library + " could not sign");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean succeeds(int seconds, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path home() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(directory -> directory.resolve("infra").resolve("interop"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
