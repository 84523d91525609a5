package dev.keyledger.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL as a child process on loopback, which keeps its data and loses no commit. */
public final class LocalPostgres implements AutoCloseable {
  /** The database that each instance has. */
  public static final String DATABASE = "keyledger";

  /**
   * The role that owns the databases; no superuser. Loopback is trusted, so the password is any.
   */
  public static final String USER = "keyledger";

  public static final String PASSWORD = "keyledger";

  /** Written once the first start succeeded; a directory without it holds a half-made database. */
  private static final String COMPLETE = "keyledger-complete";

  private static final Map<String, String> CONFIGURATION =
      Map.of(
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "",
          "fsync", "on", // Zonky turns both off, for tests
          "synchronous_commit", "on",
          "max_connections", "100",
          "idle_in_transaction_session_timeout", "30s",
          "timezone", "UTC",
          "log_timezone", "UTC");

  private final EmbeddedPostgres server;
  private final ProcessHandle postmaster;

  private LocalPostgres(EmbeddedPostgres server, ProcessHandle postmaster) {
    this.server = server;
    this.postmaster = postmaster;
  }

  /**
   * Starts the server on a data directory that is made if need be. A server that still runs on it,
   * left over from a killed process, is stopped first.
   *
   * @param log the file that takes the server's own messages
   * @param port the port, or 0 for a free one
   */
  public static LocalPostgres start(Path data, Path log, int port)
      throws IOException, InterruptedException {
    QuietLogs.quieten();
    Path directory = data.toAbsolutePath().normalize();
    stopOrphan(data);
    if (Files.exists(directory) && !Files.exists(directory.resolve(COMPLETE))) {
      Folder.delete(directory);
    }
    Files.createDirectories(log.toAbsolutePath().getParent());
    var output = ProcessBuilder.Redirect.appendTo(log.toFile());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(binaries().toFile())
            .setPort(port == 0 ? Ports.free() : port)
            .setLocaleConfig("locale", "C")
            .setOutputRedirector(output)
            .setErrorRedirector(output)
            .setPGStartupWait(Duration.ofSeconds(60));
    CONFIGURATION.forEach(builder::setServerConfig);
    EmbeddedPostgres server = builder.start();
    LocalPostgres postgres = new LocalPostgres(server, postmaster(directory).orElseThrow());
    try {
      postgres.createOnce();
      Files.writeString(directory.resolve(COMPLETE), "");
      return postgres;
    } catch (IOException | SQLException e) {
      postgres.close();
      throw new IOException("PostgreSQL did not take the first statements", e);
    }
  }

  /** The JDBC URL of the database {@value #DATABASE}. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** The JDBC URL of one more database, made here. */
  public String createDatabase(String name) throws SQLException {
    execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\" OWNER " + USER);
    return jdbcUrl(name);
  }

  public int port() {
    return server.getPort();
  }

  /** Completes when the server has ended, for whatever reason. */
  CompletableFuture<ProcessHandle> onExit() {
    return postmaster.onExit();
  }

  /** Stops the server; open connections are ended, the data stay. */
  @Override
  public void close() throws IOException {
    server.close();
    postmaster.onExit().join();
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  private void createOnce() throws SQLException {
    if (!exists("SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
      execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
    }
    if (!exists("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      var _ = createDatabase(DATABASE);
    }
  }

  private boolean exists(String query) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Where the server's programs are unpacked, once per user. */
  private static Path binaries() throws IOException {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "keyledger");
    // Zonky lets everybody write to the folder it is given; nobody else gets into this one.
    return Folder.makePrivate(cache).resolve("postgres");
  }

  private static Optional<ProcessHandle> postmaster(Path directory) throws IOException {
    return Orphan.find(directory.resolve("postmaster.pid"), directory.toString());
  }

  /** Stops a server that still runs on this data directory. */
  static void stopOrphan(Path data) throws IOException, InterruptedException {
    Path directory = data.toAbsolutePath().normalize();
    Path pidFile = directory.resolve("postmaster.pid");
    Optional<ProcessHandle> orphan = postmaster(directory);
    if (orphan.isPresent()) {
      Orphan.stop(orphan.get(), "INT"); // PostgreSQL's fast shutdown: doesn't wait for clients
    } else if (Orphan.isReused(pidFile, directory.toString())) {
      Files.delete(pidFile); // PostgreSQL would take the other program for its old self, and refuse
    }
  }
}
