package dev.keyledger.audit.export;

import dev.keyledger.audit.export.Manifest.Part;
import dev.keyledger.audit.log.JsonFile;
import dev.keyledger.audit.log.UncheckedLogException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How far an export is.
 *
 * @param before as in the manifest
 * @param parts the files that are finished
 * @param offsets where the broker is to be read on from
 */
record ExportState(
    String format,
    long first,
    long last,
    List<String> before,
    List<Part> parts,
    Map<Integer, Long> offsets) {
  static final String FILE = "unfinished.json";

  ExportState {
    before = List.copyOf(before);
    parts = List.copyOf(parts);
    offsets = Map.copyOf(offsets);
    Objects.requireNonNull(format);
  }

  /**
   * What an earlier run left of the same export, or the beginning of a new one.
   *
   * @param last empty for that of the earlier run, or the newest one
   */
  static ExportState read(Path folder, String format, long first, OptionalLong last, long newest)
      throws UncheckedLogException {
    ExportState found =
        JsonFile.read(folder.resolve(FILE), ExportState.class)
            .orElse(
                new ExportState(
                    format, first, last.orElse(newest), List.of(), List.of(), Map.of()));
    if (!found.format.equals(format)
        || found.first != first
        || found.last != last.orElse(found.last)) {
      throw new UncheckedLogException(
          "%s holds an unfinished export of %d to %d as %s: go on with --format %s --from %d --to %d"
              .formatted(
                  folder,
                  found.first,
                  found.last,
                  found.format,
                  found.format,
                  found.first,
                  found.last));
    }
    return found;
  }

  void write(Path folder) throws UncheckedLogException {
    JsonFile.write(folder.resolve(FILE), this);
  }

  /** The index that comes next. */
  long next() {
    return parts.isEmpty() ? first : parts.getLast().first() + parts.getLast().count();
  }

  ExportState with(List<String> subtrees) {
    return new ExportState(format, first, last, subtrees, parts, offsets);
  }

  ExportState with(Part finished, Map<Integer, Long> readOnFrom) {
    return new ExportState(
        format,
        first,
        last,
        before,
        Stream.concat(parts.stream(), Stream.of(finished)).toList(),
        readOnFrom);
  }
}
