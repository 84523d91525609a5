package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as CSV (RFC 4180), each cell in quotes. A cell that a spreadsheet would take for a formula
 * begins with an apostrophe (OWASP, "CSV Injection"), and so does one that begins with an
 * apostrophe, so that it can be told what was there.
 */
final class CsvWriter implements RowWriter {
  /** What formulas begin with, in full width too, and what spreadsheets strip before they look. */
  private static final String DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'";

  private final BufferedWriter out;

  CsvWriter(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
    line(TableRow.COLUMNS);
  }

  @Override
  public void write(LogRecord row) throws IOException {
    line(TableRow.cells(row));
  }

  private void line(List<String> cells) throws IOException {
    out.append(cells.stream().map(CsvWriter::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  private static String cell(String text) {
    boolean dangerous = !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
    return '"' + (dangerous ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
