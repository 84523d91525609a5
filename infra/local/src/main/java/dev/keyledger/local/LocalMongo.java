package dev.keyledger.local;

import de.bwaldvogel.mongo.MongoServer;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** MongoDB: the one given, else a {@code mongod} of this machine, else a stand-in in memory. */
public final class LocalMongo implements AutoCloseable {
  private static final Duration START_UP = Duration.ofSeconds(30);

  private final String uri;
  private final String description;
  private final Part part;

  private LocalMongo(String uri, String description, Part part) {
    this.uri = uri;
    this.description = description;
    this.part = part;
  }

  /** What has to be stopped in the end. */
  private interface Part {
    void stop() throws IOException, InterruptedException;
  }

  /** One that runs already and is only used. */
  public static LocalMongo at(String uri) {
    return new LocalMongo(uri, "the one given", () -> {});
  }

  /** A stand-in in this JVM's memory, on a port, or on a free one for 0. */
  public static LocalMongo standIn(int port) {
    QuietLogs.quieten();
    MongoServer server = new MongoServer(new StandInBackend());
    server.bind(new InetSocketAddress(Ports.loopback(), port));
    int chosen = server.getLocalAddress().getPort();
    return new LocalMongo(
        uri(chosen),
        describe(chosen, "in-memory stand-in: the view is rebuilt from Kafka at each start"),
        server::shutdownNow);
  }

  /** A child process; one left over on the same data directory is stopped first. */
  public static LocalMongo mongod(Path binary, Path data, Path log, int port)
      throws IOException, InterruptedException {
    Path directory = data.toAbsolutePath().normalize();
    Files.createDirectories(directory);
    Files.createDirectories(log.toAbsolutePath().getParent());
    stopOrphan(data);
    int chosen = port == 0 ? Ports.free() : port;
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "--dbpath",
                directory.toString(),
                "--port",
                Integer.toString(chosen),
                "--bind_ip",
                "127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    LocalMongo mongo =
        new LocalMongo(
            uri(chosen),
            describe(chosen, binary.toString()),
            () -> Orphan.stop(process.toHandle(), "TERM"));
    if (!answers(process, chosen)) {
      mongo.close();
      throw new IOException("mongod did not start; see " + log);
    }
    return mongo;
  }

  /** The {@code mongod} named by {@code MONGOD_BIN}, else the first on {@code PATH}. */
  public static Optional<Path> findMongod(Map<String, String> environment) {
    String named = environment.getOrDefault("MONGOD_BIN", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "mongod"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Stops a {@code mongod} that still runs on this data directory. */
  static void stopOrphan(Path data) throws IOException, InterruptedException {
    Path directory = data.toAbsolutePath().normalize();
    Optional<ProcessHandle> orphan =
        Orphan.find(directory.resolve("mongod.lock"), directory.toString());
    if (orphan.isPresent()) {
      Orphan.stop(orphan.get(), "TERM");
    }
  }

  /** The connection string, without a database. */
  public String uri() {
    return uri;
  }

  /** Where it is and which of the three, for people. */
  public String description() {
    return description;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    part.stop();
  }

  private static String describe(int port, String kind) {
    return "localhost:%-13d %s".formatted(port, kind);
  }

  private static String uri(int port) {
    return "mongodb://127.0.0.1:" + port;
  }

  private static boolean answers(Process process, int port)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_UP.toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(Ports.loopback(), port), 500);
        return true;
      } catch (IOException e) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    }
    return false;
  }
}
