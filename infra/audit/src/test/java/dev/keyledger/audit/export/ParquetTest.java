package dev.keyledger.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.TestLog;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
  /** More than one row group, the last one not full. */
  private static final int EVENTS = 20_500;

  @TempDir Path folder;

  @Test
  void anotherReaderMakesTheSameLeavesOfIt() throws Exception {
    List<LogRecord> rows = TestLog.of(EVENTS, EVENTS).records();
    Path file = write(rows);

    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet read = statement.executeQuery("SELECT * FROM '" + file + "' ORDER BY logindex")) {
      for (LogRecord row : rows) {
        assertThat(read.next()).isTrue();
        assertThat(read.getLong("logindex")).isEqualTo(row.index());
        assertThat(read.getString("value").getBytes(UTF_8)).isEqualTo(row.entry().value());
        assertThat(entry(read).bytes()).isEqualTo(row.entry().bytes());
        assertThat(Hash.parse(read.getString("leafhash"))).isEqualTo(row.leafHash());
      }
      assertThat(read.next()).isFalse();
    }
  }

  @Test
  void columnsCanBeAskedFor() throws Exception {
    Path file = write(TestLog.of(30, 30).records());

    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet read =
            statement.executeQuery(
                "SELECT key, max(CAST(position AS BIGINT)), max(logindex) FROM '"
                    + file
                    + "' WHERE type = 'dev.keyledger.KeyDisabled.v1'"
                    + " AND value->>'reason' = 'by-owner' GROUP BY key ORDER BY key")) {
      List<String> accounts = new ArrayList<>();
      while (read.next()) {
        accounts.add(read.getString(1) + " " + read.getLong(2) + " " + read.getLong(3));
      }
      assertThat(accounts).containsExactly("acct-0 9 24", "acct-1 9 25", "acct-2 9 26");
    }
  }

  @Test
  void whatAnotherProgramWroteAnewIsReadAsWell() throws Exception {
    List<LogRecord> rows = TestLog.of(30, 30).records();
    Path file = write(rows);
    Path anew = folder.resolve("anew");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM '%s') TO '%s' (FORMAT parquet, COMPRESSION gzip)"
              .formatted(file, anew));
    }

    assertThat(read(anew)).isEqualTo(rows.stream().map(LogRecord::leafHash).toList());
  }

  @Test
  void whatIsNoParquetIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("rows"), "no parquet");

    assertThatExceptionOfType(MalformedRowException.class).isThrownBy(() -> read(file));
  }

  private Path write(List<LogRecord> rows) throws Exception {
    Path file = folder.resolve("rows.parquet");
    try (RowWriter writer = Format.PARQUET.writer(file)) {
      for (LogRecord row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  /** The leaf hashes of the entries, and not what the rows say of them. */
  private static List<Hash> read(Path file) throws Exception {
    List<Hash> leaves = new ArrayList<>();
    try (RowReader reader = Format.PARQUET.reader(file)) {
      for (LogRecord row = reader.next(); row != null; row = reader.next()) {
        leaves.add(row.entry().leafHash());
      }
    }
    return leaves;
  }

  private static LogEntry entry(ResultSet row) throws Exception {
    LogEntry.Builder entry = LogEntry.builder();
    for (String name :
        List.of(
            "id",
            "source",
            "specversion",
            "type",
            "subject",
            "time",
            "dataschema",
            "datacontenttype",
            "position")) {
      entry.header("ce_" + name, row.getString(name).getBytes(UTF_8));
    }
    return entry.build(
        row.getString("key").getBytes(UTF_8), row.getString("value").getBytes(UTF_8));
  }
}
