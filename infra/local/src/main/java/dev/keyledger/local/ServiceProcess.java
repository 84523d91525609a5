package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One of the two services as a process of its own. */
final class ServiceProcess implements AutoCloseable {
  /**
   * Sized for at most 450 MB resident after load; one collector thread is enough for a heap as
   * small as this.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxDirectMemorySize=64m",
          "-Daxon.update-check.disabled=true",
          "-Daxoniq.update-checker.disabled=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final Duration START_UP = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LAST_LINES = 20;
  private static final int LAST_BYTES = 8192;

  private final String name;
  private final int port;
  private final Path log;
  private final Path pidFile;
  private final Process process;

  private ServiceProcess(String name, int port, Path log, Path pidFile, Process process) {
    this.name = name;
    this.port = port;
    this.log = log;
    this.pidFile = pidFile;
    this.process = process;
  }

  /** Starts a service from its jar; {@code variables} is all of its environment. */
  static ServiceProcess start(
      String name, Settings settings, int port, Map<String, String> variables) throws IOException {
    Path log = settings.log(name);
    Files.createDirectories(log.getParent());
    if (Files.exists(log)) {
      Path previous = settings.log(name + ".previous");
      Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add(mark(name, settings));
    command.add("-jar");
    command.add(jar(name, settings).toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2"); // glibc's arenas per thread add up
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    Path pidFile = pidFile(name, settings);
    Files.createDirectories(pidFile.getParent());
    Files.writeString(pidFile, process.pid() + "\n");
    return new ServiceProcess(name, port, log, pidFile, process);
  }

  static Path jar(String name, Settings settings) {
    return settings.home().resolve(name).resolve("target").resolve(name + ".jar");
  }

  /** Stops a service that outlived an earlier launcher on the same data. */
  static void stopOrphan(String name, Settings settings) throws IOException, InterruptedException {
    Path pidFile = pidFile(name, settings);
    Optional<ProcessHandle> orphan = Orphan.find(pidFile, mark(name, settings));
    if (orphan.isPresent()) {
      Orphan.stop(orphan.get(), "TERM");
    }
    Files.deleteIfExists(pidFile);
  }

  /** Waits until the service says that it is ready. */
  void awaitReady() throws LaunchException, InterruptedException {
    URI readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
    HttpRequest request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(5)).build();
    long end = System.nanoTime() + START_UP.toNanos();
    String answer = "nothing";
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end) {
        answer = ask(client, request);
        if (answer.equals("200")) {
          return;
        }
        if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new LaunchException(death());
        }
      }
    }
    throw new LaunchException(
        "The %s was not ready within %d s: %s answers %s. Its log, %s, ends with:%n%s"
            .formatted(name, START_UP.toSeconds(), readiness, answer, log, lastLines()));
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** What to say when it ended by itself. */
  String death() {
    return "The %s ended with status %d. Its log, %s, ends with:%n%s"
        .formatted(name, process.exitValue(), log, lastLines());
  }

  /** Asks the process to end; {@link #close} waits for it. */
  void requestStop() {
    process.destroy();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Orphan.stop(process.toHandle(), "TERM");
    Files.deleteIfExists(pidFile);
  }

  private static String ask(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return Integer.toString(client.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return "nothing";
    }
  }

  private String lastLines() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - LAST_BYTES));
      byte[] tail = new byte[LAST_BYTES];
      int length = Math.max(0, file.read(tail));
      List<String> lines = new String(tail, 0, length, UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(not readable)";
    }
  }

  private static Path pidFile(String name, Settings settings) {
    return settings.data().resolve("run").resolve(name + ".pid");
  }

  private static String mark(String name, Settings settings) {
    return "-Dkeyledger.local=" + name + "@" + settings.data();
  }
}
