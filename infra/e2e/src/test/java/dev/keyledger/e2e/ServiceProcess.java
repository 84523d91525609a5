package dev.keyledger.e2e;

import dev.keyledger.local.Ports;
import dev.keyledger.local.ServiceImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** One service as a process of its own, which can be killed and started again on the same port. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  private final String name;
  private final Map<String, String> properties;
  private final int port;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  ServiceProcess(String name, Path logs, Map<String, String> properties) {
    this.name = name;
    this.port = Ports.free();
    this.properties = new HashMap<>(properties);
    this.properties.put("server.port", Integer.toString(port));
    this.log = logs.resolve(name + ".log");
  }

  /** Sees to it that services start fast from now on, as infra/up does after a build. */
  static void train() {
    String platform = HOME.resolve("infra/local/target/keyledger-local-exec.jar").toString();
    try {
      Process training =
          new ProcessBuilder(JAVA, "-jar", platform, HOME.toString(), "--train")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      int _ = training.waitFor(); // without it all works, too
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void start() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JAVA, "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    try {
      command.addAll(new ServiceImage(name, HOME).run());
      properties.forEach((name, value) -> command.add("--" + name + "=" + value));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    try {
      Awaitility.await(name + " is ready")
          .atMost(READY_WITHIN)
          .pollInterval(Duration.ofMillis(100))
          .failFast(this::checkAlive)
          .until(this::isReady);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(tail(), e);
    }
  }

  /** Ends the process as a power cut would: SIGKILL, no shutdown hooks. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean isReady() throws InterruptedException {
    HttpRequest probe =
        HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void checkAlive() {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException(name + " ended:\n" + tail());
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "There is no log: " + e.getMessage();
    }
  }
}
