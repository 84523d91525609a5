package dev.keyledger.audit.export;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.keyledger.audit.log.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ParquetWriter} wrote, or what has the same columns. */
final class ParquetReader implements RowReader {
  /** Held, since a level is forgotten with its logger. */
  private static final Logger LIBRARY = Logger.getLogger("dev.hardwood");

  static {
    LIBRARY.setLevel(Level.WARNING); // else it tells each time how it is going to decompress
    System.setProperty("hardwood.uselibdeflate", "false"); // no native code that lies around here
  }

  private final Path path;
  private @Nullable ParquetFileReader file;
  private dev.hardwood.reader.@Nullable RowReader rows;

  ParquetReader(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    this.path = path;
  }

  /** A reader of a binary format stumbles in many ways over bytes that were changed. */
  @Override
  public @Nullable LogRecord next() throws MalformedRowException {
    try {
      if (rows == null) {
        file = ParquetFileReader.open(InputFile.of(path));
        rows = file.rowReader();
      }
      if (!rows.hasNext()) {
        return null;
      }
      rows.next();
      List<String> cells = new ArrayList<>();
      for (String column : TableRow.COLUMNS) {
        cells.add(
            TableRow.isNumber(column)
                ? Long.toString(rows.getLong(column))
                : rows.getString(column));
      }
      return TableRow.of(cells);
    } catch (IOException | RuntimeException e) {
      throw new MalformedRowException("it is not in a Parquet file of an export");
    }
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
    if (file != null) {
      file.close();
    }
  }
}
