package dev.keyledger.bench;

import dev.keyledger.local.LocalPostgres;
import dev.keyledger.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that {@code infra/up} starts, on free ports and in a folder of its own. */
final class Platform implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "JAVA_HOME", "MONGOD_BIN", "MAVEN_OPTS", "TMPDIR", "LANG");
  private static final List<String> PARTS =
      List.of("COMMAND", "QUERY", "LOCAL", "KAFKA", "MONGODB", "POSTGRES", "SMTP");

  private final Path data;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Path output;
  private final Child launcher;
  private final double readySeconds;

  private Platform(Path home, Path folder, Cleanup cleanup)
      throws IOException, InterruptedException {
    data = folder.resolve("data");
    output = folder.resolve("up.log");
    Set<Integer> distinct = new HashSet<>();
    while (distinct.size() < PARTS.size()) {
      distinct.add(Ports.free());
    }
    PARTS.forEach(part -> {
      int port = distinct.iterator().next();
      distinct.remove(port);
      ports.put(part, port);
    });
    long began = System.nanoTime();
    List<String> up = List.of(home.resolve("infra/up").toString());
    launcher = cleanup.keep(Child.start(up, environment(), output));
    awaitReady(began);
    readySeconds = (System.nanoTime() - began) / 1e9;
  }

  /** Starts the platform and waits until it is ready; the cleanup ends it if nobody else does. */
  static Platform start(Path home, Path folder, Cleanup cleanup)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    return new Platform(home, folder, cleanup);
  }

  /** How long {@code infra/up} took until it was ready. */
  double readySeconds() {
    return readySeconds;
  }

  int commandPort() {
    return port("COMMAND");
  }

  int queryPort() {
    return port("QUERY");
  }

  int localPort() {
    return port("LOCAL");
  }

  String kafka() {
    return "127.0.0.1:" + port("KAFKA");
  }

  String mongoUri() {
    return "mongodb://127.0.0.1:" + port("MONGODB");
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port("POSTGRES") + "/" + LocalPostgres.DATABASE;
  }

  Path issuerKey() {
    return data.resolve("issuer-key.json");
  }

  /** The process id of a service. */
  long pid(String service) throws IOException {
    return Long.parseLong(Files.readString(data.resolve("run").resolve(service + ".pid")).strip());
  }

  /** The process id of PostgreSQL's first process. */
  long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
  }

  /**
   * Has every Java heap collected, so that what is measured next does not pay for what was done
   * before. The launcher becomes the local platform.
   */
  void collectGarbage() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    System.gc();
    for (long pid : List.of(launcher.pid(), pid("command-side"), pid("query-side"))) {
      int status =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IOException("jcmd could not have the heap of process " + pid + " collected");
      }
    }
  }

  /** Which MongoDB it is, in the launcher's words. */
  String mongoKind() throws IOException {
    return Files.readAllLines(output).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("MongoDB"))
        .map(line -> line.replaceFirst("MongoDB\\s+localhost:[0-9]+\\s*", ""))
        .findFirst()
        .orElse("unknown");
  }

  @Override
  public void close() throws InterruptedException {
    launcher.close();
  }

  private int port(String part) {
    return ports.getOrDefault(part, 0);
  }

  private void awaitReady(long began) throws IOException, InterruptedException {
    while (!Files.readString(output).contains("Keyledger is ready")) {
      if (!launcher.isAlive() || System.nanoTime() - began > LONGEST_START.toNanos()) {
        throw new IOException("infra/up did not get ready; it said:\n" + Files.readString(output));
      }
      Thread.sleep(POLL);
    }
  }

  /** Nothing but our own settings: those of the caller could change what is measured. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    INHERITED.forEach(name -> {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    });
    environment.put("KEYLEDGER_DATA", data.toString());
    ports.forEach((part, port) -> environment.put("KEYLEDGER_PORTS_" + part, port.toString()));
    environment.put("KEYLEDGER_CODES_RESENDCOOLDOWN", "0s");
    environment.put("KEYLEDGER_TWOFACTOR_POLICY", "if-enrolled"); // else a key takes 30 s to make
    return environment;
  }
}
