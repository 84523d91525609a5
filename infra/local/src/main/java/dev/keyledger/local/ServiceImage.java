package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A service's jar, unpacked beside it, together with what the JVM learnt of it in a training run
 * (an AOT cache, JEP 514): with that a service starts on half the CPU time.
 */
public final class ServiceImage {
  private static final String PREFIX = "image-";
  private static final int NAME_LENGTH = 16;

  /**
   * Classes only, without the profiles of methods (JEP 515): compiled by what a start had shown, a
   * list took a quarter more processor time for good (measured on JDK 25.0.3).
   */
  private static final List<String> WITHOUT_PROFILES =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  private final Path jar;

  /**
   * Of one service of a repository.
   *
   * @param service {@code command-side} or {@code query-side}
   * @param home the root of the repository
   */
  public ServiceImage(String service, Path home) {
    jar = home.resolve(service).resolve("target").resolve(service + ".jar");
  }

  boolean isBuilt() {
    return Files.exists(jar);
  }

  /** Whether there has been a training run of just this jar on just this JVM. */
  boolean isTrained() throws IOException {
    return isBuilt() && Files.exists(cache(folder()));
  }

  /** What to give to {@code java} to run the service: from the image if there is one. */
  public List<String> run() throws IOException {
    Path folder = folder();
    return Files.exists(cache(folder))
        ? List.of("-XX:AOTCache=" + cache(folder), "-jar", unpacked(folder))
        : List.of("-jar", jar.toString());
  }

  /** What to give to {@code java} for a training run, which writes the cache when it ends. */
  List<String> train() throws IOException, InterruptedException {
    Path folder = folder();
    try (DirectoryStream<Path> images =
        Files.newDirectoryStream(folder.getParent(), PREFIX + "*")) {
      for (Path image : images) {
        Folder.delete(image);
      }
    }
    Process unpacking =
        new ProcessBuilder(
                ServiceProcess.java(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (unpacking.waitFor() != 0) {
      throw new IOException(jar + " can't be unpacked");
    }
    return Stream.concat(
            WITHOUT_PROFILES.stream(),
            Stream.of("-XX:AOTCacheOutput=" + cache(folder), "-jar", unpacked(folder)))
        .toList();
  }

  /**
   * Named after the jar's content and the JVM, so that neither is ever used with another's cache.
   */
  private Path folder() throws IOException {
    try (ZipFile content = new ZipFile(jar.toFile())) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Runtime.version().toString().getBytes(UTF_8));
      for (ZipEntry entry : content.stream().toList()) {
        digest.update((entry.getName() + ":" + entry.getCrc() + "\n").getBytes(UTF_8));
      }
      String name = HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
      return jar.resolveSibling(PREFIX + name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }

  private String unpacked(Path folder) {
    return folder.resolve(jar.getFileName()).toString();
  }

  private static Path cache(Path folder) {
    return folder.resolve("service.aot");
  }
}
