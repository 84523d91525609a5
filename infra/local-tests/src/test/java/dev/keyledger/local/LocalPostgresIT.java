package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
  @TempDir Path folder;

  @Test
  void keepsItsDataOverARestart() throws Exception {
    try (LocalPostgres postgres = start()) {
      run(postgres.jdbcUrl(), "CREATE TABLE kept AS SELECT 42 AS n");
    }
    try (LocalPostgres postgres = start()) {
      assertThat(ask(postgres.jdbcUrl(), "SELECT n FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void losesNoCommitAndListensOnLoopbackOnly() throws Exception {
    try (LocalPostgres postgres = start()) {
      assertThat(ask(postgres.jdbcUrl(), "SHOW fsync")).isEqualTo("on");
      assertThat(ask(postgres.jdbcUrl(), "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres.jdbcUrl(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(postgres.jdbcUrl(), "SHOW is_superuser")).isEqualTo("off");
    }
  }

  @Test
  void takesOverFromAServerThatOutlivedItsLauncher() throws Exception {
    Path data = folder.resolve("data");
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AbandonPostgres.class.getName(),
                data.toString(),
                folder.resolve("postgres.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("launcher.log").toFile())
            .start();
    assertThat(launcher.waitFor()).isZero();
    ProcessHandle left = Orphan.find(data.resolve("postmaster.pid"), data.toString()).orElseThrow();
    try (LocalPostgres postgres = start()) {
      assertThat(left.isAlive()).isFalse();
      assertThat(ask(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void startsWhereTheProcessIdLeftBehindIsAnotherProgramsByNow() throws Exception {
    try (LocalPostgres postgres = start()) {
      run(postgres.jdbcUrl(), "CREATE TABLE kept AS SELECT 42 AS n");
    }
    Files.writeString(
        folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n/elsewhere\n");
    try (LocalPostgres postgres = start()) {
      assertThat(ask(postgres.jdbcUrl(), "SELECT n FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void makesAHalfMadeDatabaseAnew() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/postgresql.conf"), "");
    try (LocalPostgres postgres = start()) {
      assertThat(ask(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  private LocalPostgres start() throws Exception {
    return LocalPostgres.start(folder.resolve("data"), folder.resolve("postgres.log"), 0);
  }

  private static void run(String url, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String url, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.PASSWORD);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
