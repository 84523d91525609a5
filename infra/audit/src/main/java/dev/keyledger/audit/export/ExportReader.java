package dev.keyledger.audit.export;

import dev.keyledger.audit.export.Manifest.Part;
import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the files of an export one after the other, and holds each row to what the row says. */
final class ExportReader implements LogReader {
  private final Path folder;
  private final Manifest manifest;
  private final Format format;
  private final long from;
  private int part;
  private long next;
  private @Nullable RowReader rows;

  ExportReader(Path folder, Manifest manifest, Format format, long from) {
    this.folder = folder;
    this.manifest = manifest;
    this.format = format;
    this.from = from;
    this.next = manifest.first();
    while (part < manifest.parts().size() && end(manifest.parts().get(part)) <= from) {
      next = end(manifest.parts().get(part));
      part++;
    }
  }

  private static long end(Part part) {
    return part.first() + part.count();
  }

  @Override
  public @Nullable LogRecord next() throws TamperedException, UncheckedLogException {
    LogRecord record;
    do {
      record = read();
    } while (record != null && record.index() < from);
    return record;
  }

  private @Nullable LogRecord read() throws TamperedException, UncheckedLogException {
    while (part < manifest.parts().size()) {
      Part current = manifest.parts().get(part);
      Path file = folder.resolve(current.file());
      try {
        if (rows == null) {
          rows = format.reader(file);
        }
        LogRecord record = rows.next();
        if (record != null) {
          return checked(record);
        }
        close();
        checkEnd(current, file);
        part++;
      } catch (MalformedRowException e) {
        throw new TamperedException(
            next, "the row of index %d can't be read: %s".formatted(next, e.getMessage()));
      } catch (NoSuchFileException e) {
        throw new TamperedException(next, "the file " + current.file() + " is missing");
      } catch (IOException e) {
        throw new UncheckedLogException("can't read " + file + ": " + e);
      }
    }
    if (next <= manifest.last()) {
      throw new TamperedException(next, "index " + next + " is missing");
    }
    return null;
  }

  private LogRecord checked(LogRecord record) throws TamperedException {
    if (record.index() != next) {
      throw new TamperedException(
          next, "index %d stands where index %d belongs".formatted(record.index(), next));
    }
    if (!record.entry().leafHash().equals(record.leafHash())) {
      throw new TamperedException(
          next, "the event of index %d does not have the leaf hash in its row".formatted(next));
    }
    next++;
    return record;
  }

  /** What no row shows: rows that are missing at the end, and bytes that mean nothing. */
  private void checkEnd(Part current, Path file) throws TamperedException, IOException {
    if (next != end(current)) {
      throw new TamperedException(
          next,
          next < end(current)
              ? "index " + next + " is missing in " + current.file()
              : current.file() + " has more rows than the manifest says");
    }
    if (!Sha256.of(file).equals(current.sha256())) {
      throw new TamperedException(
          current.first(), current.file() + " was changed: it has not the SHA-256 in the manifest");
    }
  }

  @Override
  public Map<Integer, Long> offsets() {
    return Map.of();
  }

  @Override
  public long repeats() {
    return 0;
  }

  @Override
  public void close() {
    if (rows != null) {
      try {
        rows.close();
      } catch (IOException e) {
        // It was only read.
      }
      rows = null;
    }
  }
}
