package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CsvWriter} wrote, and no other CSV. */
final class CsvReader implements RowReader {
  private final BufferedReader in;
  private boolean begun;

  CsvReader(Path file) throws IOException {
    in = Files.newBufferedReader(file);
  }

  @Override
  public @Nullable LogRecord next() throws IOException, MalformedRowException {
    try {
      if (!begun && !TableRow.COLUMNS.equals(line())) {
        throw new MalformedRowException("the names of the columns before it are not right");
      }
      begun = true;
      List<String> cells = line();
      return cells == null ? null : TableRow.of(cells);
    } catch (CharacterCodingException e) {
      throw new MalformedRowException("it is not UTF-8");
    }
  }

  private @Nullable List<String> line() throws IOException, MalformedRowException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    while (true) {
      expect(c == '"');
      StringBuilder cell = new StringBuilder();
      c = in.read();
      while (true) {
        expect(c >= 0);
        if (c == '"') {
          c = in.read();
          if (c != '"') {
            break;
          }
        }
        cell.append((char) c);
        c = in.read();
      }
      cells.add(cell.indexOf("'") == 0 ? cell.substring(1) : cell.toString());
      if (c == '\r') {
        expect(in.read() == '\n');
        return cells;
      }
      expect(c == ',');
      c = in.read();
    }
  }

  private static void expect(boolean holds) throws MalformedRowException {
    if (!holds) {
      throw new MalformedRowException("it is no line of an export");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
