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
   * small as this. Compiled code alone calls for a full collection only where there are some 70 MB
   * more of it, not 35, which every service comes to while its compilers warm up.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx144m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:SweeperThreshold=30",
          "-Daxon.update-check.disabled=true",
          "-Daxoniq.update-checker.disabled=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * Further options of single services. A rebuild of the views holds some 5 MB for a moment: what
   * the survivor space can't hold is moved to the old generation, and only a full collection finds
   * out that it is dead.
   */
  private static final Map<String, List<String>> OPTIONS_OF_ONE =
      Map.of(Parts.QUERY_SIDE, List.of("-Xmn56m", "-XX:SurvivorRatio=5"));

  private static final Duration START_UP = Duration.ofMinutes(5);
  private static final Duration SHUT_DOWN = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LAST_LINES = 20;
  private static final int LAST_BYTES = 32_768;
  private static final int LONGEST_LINE = 500;

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

  /**
   * Starts a service.
   *
   * @param what what to run, the last arguments of {@code java}
   * @param variables all of its environment
   */
  static ServiceProcess start(
      String name, Settings settings, int port, List<String> what, Map<String, String> variables)
      throws IOException {
    Path log = settings.log(name);
    Files.createDirectories(log.getParent());
    if (Files.exists(log)) {
      Path previous = settings.log(name + ".previous");
      Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(JVM_OPTIONS);
    command.addAll(OPTIONS_OF_ONE.getOrDefault(name, List.of()));
    command.add(mark(name, settings));
    command.addAll(what);
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

  /** The program of the JVM that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
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

  /** Asks it to end and doesn't wait. */
  void requestStop() {
    process.destroy();
  }

  /** Asks it to end and waits; kills what doesn't end in time. */
  void stop(Duration patience) throws IOException, InterruptedException {
    Orphan.stop(process.toHandle(), "TERM", patience);
    Files.deleteIfExists(pidFile);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop(SHUT_DOWN);
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
      List<String> lines =
          new String(tail, 0, length, UTF_8).lines().map(ServiceProcess::shorten).toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(not readable)";
    }
  }

  private static String shorten(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }

  private static Path pidFile(String name, Settings settings) {
    return settings.data().resolve("run").resolve(name + ".pid");
  }

  private static String mark(String name, Settings settings) {
    return "-Dkeyledger.local=" + name + "@" + settings.data();
  }
}
