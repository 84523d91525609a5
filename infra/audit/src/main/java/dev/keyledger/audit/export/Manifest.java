package dev.keyledger.audit.export;

import dev.keyledger.audit.log.JsonFile;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What an export holds: {@value #FILE} beside its files, written last.
 *
 * @param format {@code jsonl}, {@code csv} or {@code parquet}
 * @param count number of events
 * @param first index
 * @param last index
 * @param checkpoint the signed note of the newest checkpoint in it
 * @param before roots of the perfect subtrees of the events before the first one, in Base64, from
 *     left to right: with them, the tree can be made although those events are not here
 * @param parts the files with events, in their order
 * @param checkpoints the file with checkpoints: all whose last event is in the export
 */
record Manifest(
    String format,
    long count,
    long first,
    long last,
    String checkpoint,
    List<String> before,
    List<Part> parts,
    Part checkpoints) {
  Manifest {
    before = List.copyOf(before);
    parts = List.copyOf(parts);
    Objects.requireNonNull(format);
    Objects.requireNonNull(checkpoint);
    Objects.requireNonNull(checkpoints);
  }

  static final String FILE = "manifest.json";

  /**
   * A file.
   *
   * @param first index of its first event, or size of its first checkpoint
   * @param count of its events or checkpoints
   * @param sha256 of its bytes, in hexadecimal
   */
  record Part(String file, long first, long count, String sha256) {
    Part {
      Objects.requireNonNull(file);
      Objects.requireNonNull(sha256);
    }
  }

  /**
   * That of the export in this folder.
   *
   * @throws TamperedException if it contradicts itself, or is none any more
   */
  static Manifest read(Path folder) throws UncheckedLogException, TamperedException {
    Manifest manifest;
    try {
      manifest =
          JsonFile.read(folder.resolve(FILE), Manifest.class)
              .orElseThrow(() ->
                  new UncheckedLogException(folder + " is no finished export: it has no " + FILE));
    } catch (JsonFile.ForeignException e) {
      throw changed("it is not one that this tool wrote");
    }
    manifest.requireThatItAddsUp();
    return manifest;
  }

  private void requireThatItAddsUp() throws TamperedException {
    if (count != last - first + 1) {
      throw changed("%d events are not those from index %d to %d".formatted(count, first, last));
    }
    long next = first;
    for (Part part : parts) {
      if (part.first() != next) {
        throw changed("%s begins at %d, not %d".formatted(part.file(), part.first(), next));
      }
      next += part.count();
    }
    if (next - first != count) {
      throw changed("its files have %d events, not %d".formatted(next - first, count));
    }
    tree();
  }

  /** It does not say what it said when it was written. */
  static TamperedException changed(String why) {
    return new TamperedException(TamperedException.NO_EVENT, FILE + " was changed: " + why);
  }

  void write(Path folder) throws UncheckedLogException {
    JsonFile.write(folder.resolve(FILE), this);
  }

  Format rows() throws UncheckedLogException {
    for (Format known : Format.values()) {
      if (known.extension().equals(format.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw new UncheckedLogException("this version doesn't know the format of the export");
  }

  CompactRange tree() throws TamperedException {
    try {
      List<Hash> subtrees = new ArrayList<>();
      for (String hash : before) {
        subtrees.add(Hash.parse(hash));
      }
      return CompactRange.of(first, subtrees);
    } catch (MalformedException e) {
      throw changed(String.valueOf(e.getMessage()));
    }
  }
}
