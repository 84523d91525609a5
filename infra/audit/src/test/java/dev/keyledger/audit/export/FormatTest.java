package dev.keyledger.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.TestLog;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.tlog.LogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  /** Keys and values as they must never be, and must be kept all the same. */
  private static final List<LogEntry> ODD =
      List.of(
          TestLog.entry("", Map.of(), new byte[0]),
          TestLog.entry("a,\"b\"\r\nc", Map.of("ce_type", "=1+1"), bytes("{\"a\": 1,\n\"b\":2}")),
          TestLog.entry("'quoted", Map.of("ce_mood", "'=x", "ce_type", ""), bytes("[1,2]")),
          TestLog.entry("acct", Map.of("ce_value", "x", "ce_more", "y"), bytes("{\"value\":{}}")),
          TestLog.entry("acct", Map.of("ce_id", "x"), new byte[] {(byte) 0xff, 0, 10}),
          TestLog.entry(
              "\ud83d\ude00\u2028", Map.of("ce_id", "\u0000\t"), bytes("{\"a\":\"\\n\"}")),
          TestLog.entry("acct", Map.of(), bytes("{\"a\":1} {\"b\":2}")),
          TestLog.entry("acct", Map.of(), bytes("{\"a\":1}}")));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void keepsEveryByte(Format format) throws Exception {
    List<LogRecord> rows = new ArrayList<>(TestLog.of(9).records());
    ODD.forEach(entry -> rows.add(new LogRecord(rows.size(), entry)));

    List<LogRecord> read = read(format, write(format, rows));

    assertThat(read).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(read.get(i).entry().bytes()).isEqualTo(rows.get(i).entry().bytes());
      assertThat(read.get(i).leafHash()).isEqualTo(rows.get(i).leafHash());
      assertThat(read.get(i).index()).isEqualTo(i);
    }
  }

  @Test
  void aLineOfJsonReadsLikeTheEvent() throws Exception {
    List<LogRecord> rows = TestLog.of(1).records();

    assertThat(Files.readString(write(Format.JSONL, rows)))
        .isEqualTo(
            "{\"logindex\":0,\"leafhash\":\""
                + rows.getFirst().leafHash()
                + "\",\"key\":\"acct-0\",\"attributes\":{\"datacontenttype\":\"application/json\","
                + "\"dataschema\":"
                + "\"https://keyledger.dev/schemas/dev.keyledger.CodeVerified.v1.json\",\"id\":\"acct-0:1\",\"position\":\"1\","
                + "\"source\":\"/keyledger/command-side\",\"specversion\":\"1.0\",\"subject\":\"acct-0\","
                + "\"time\":\"2026-11-22T12:00:00Z\",\"type\":\"dev.keyledger.CodeVerified.v1\"},\"value\":"
                + new String(rows.getFirst().entry().value(), UTF_8)
                + "}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"})
  void noCellOfCsvIsAFormula(String begin) throws Exception {
    String formula = begin + "cmd|' /C calc'!A0";
    LogEntry entry = TestLog.entry(formula, Map.of("ce_type", formula), bytes(formula));

    String csv = Files.readString(write(Format.CSV, List.of(new LogRecord(0, entry))));

    assertThat(csv).contains("\"'" + formula + "\"").doesNotContain("\"" + formula);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"logindex\":0}",
        "{\"logindex\":\"0\",\"leafhash\":\"\",\"entry\":\"\"}",
        "not json",
        "[0]"
      })
  void anyOtherLineIsRefused(String line) throws Exception {
    Path file = Files.writeString(folder.resolve("rows"), line + "\n");

    assertThatExceptionOfType(MalformedRowException.class)
        .isThrownBy(() -> read(Format.JSONL, file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n",
        "\"a\",\"b\"\r\n",
        "\"a\r\n",
        "\"a\"\n",
      })
  void anyOtherCsvIsRefused(String lines) throws Exception {
    Path file = Files.writeString(folder.resolve("rows"), lines);

    assertThatExceptionOfType(MalformedRowException.class).isThrownBy(() -> read(Format.CSV, file));
  }

  private Path write(Format format, List<LogRecord> rows) throws Exception {
    Path file = folder.resolve("rows." + format.extension());
    try (RowWriter writer = format.writer(file)) {
      for (LogRecord row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static List<LogRecord> read(Format format, Path file) throws Exception {
    List<LogRecord> rows = new ArrayList<>();
    try (RowReader reader = format.reader(file)) {
      for (LogRecord row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
