package dev.keyledger.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Other people's verifiers, where the machine has node and npm: {@code infra/interop/log.mjs}. The
 * libraries are fetched once, pinned by the lock file.
 */
public final class ForeignVerifier {
  private static final int MINUTES_TO_INSTALL = 3;
  private static final int SECONDS_TO_RUN = 60;
  private static final Path HOME = home();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ForeignVerifier() {}

  /** Whether there is node, and the libraries are there or could be fetched. */
  public static boolean isAvailable() {
    return succeeds(SECONDS_TO_RUN, "node", "--version")
        && (Files.exists(HOME.resolve("node_modules/@sigstore/verify"))
            || succeeds(MINUTES_TO_INSTALL * 60, "npm", "ci", "--no-progress", "--loglevel=error"));
  }

  /**
   * Which of the checks hold.
   *
   * @param checks as {@code log.mjs} reads them
   */
  public static List<Boolean> check(List<Map<String, Object>> checks) {
    try {
      Process process =
          new ProcessBuilder("node", "log.mjs")
              .directory(HOME.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var in = process.getOutputStream()) {
        in.write(JSON.writeValueAsBytes(checks));
      }
      byte[] output = process.getInputStream().readAllBytes();
      if (!process.waitFor(SECONDS_TO_RUN, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("log.mjs could not check");
      }
      return JSON.readValue(output, new TypeReference<>() {});
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
