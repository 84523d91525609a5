package dev.keyledger.audit.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** How the events of an export are written. Each keeps every byte of an entry. */
public enum Format {
  /** A JSON object in each line. */
  JSONL,

  /** RFC 4180, safe to be opened in a spreadsheet. */
  CSV,

  /** Apache Parquet, for programs that analyse. */
  PARQUET;

  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  RowWriter writer(Path file) throws IOException {
    return switch (this) {
      case JSONL -> new JsonLinesWriter(file);
      case CSV -> new CsvWriter(file);
      case PARQUET -> new ParquetWriter(file);
    };
  }

  RowReader reader(Path file) throws IOException {
    return switch (this) {
      case JSONL -> new JsonLinesReader(file);
      case CSV -> new CsvReader(file);
      case PARQUET -> new ParquetReader(file);
    };
  }
}
