package dev.keyledger.audit.export;

import dev.keyledger.audit.export.Manifest.Part;
import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.audit.verify.SignedCheckpoints.Signed;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.OptionalLong;

/**
 * Writes an export, file by file. What is finished is noted in {@value ExportState#FILE}, and
 * another run into the same folder goes on after it.
 */
public final class Exporter {
  private final LogSource source;
  private final SignedCheckpoints checkpoints;
  private final Path folder;
  private final int rowsPerFile;
  private final Runnable step;

  /**
   * What was exported.
   *
   * @param found number of events that an earlier run had written
   */
  public record Exported(long first, long last, long found) {}

  /**
   * Of that log, into that folder.
   *
   * @param rowsPerFile most events in a file
   * @param step is run after each event
   */
  public Exporter(
      LogSource source,
      SignedCheckpoints checkpoints,
      Path folder,
      int rowsPerFile,
      Runnable step) {
    this.source = source;
    this.checkpoints = checkpoints;
    this.folder = folder;
    this.rowsPerFile = rowsPerFile;
    this.step = step;
  }

  /**
   * Writes the events from the first index to the last one.
   *
   * @param last empty to go on to where an earlier run was going, or to the newest checkpoint
   * @throws UncheckedLogException if the folder holds something else already, or can't be written
   * @throws TamperedException if the log can't be read in its order
   */
  public Exported export(Format format, long first, OptionalLong last)
      throws UncheckedLogException, TamperedException {
    try {
      Files.createDirectories(folder);
      if (Files.exists(folder.resolve(Manifest.FILE))) {
        throw new UncheckedLogException(folder + " holds a finished export already");
      }
      ExportState state =
          ExportState.read(folder, format.extension(), first, last, checkpoints.newest() - 1);
      long found = state.next() - first;
      requireProvable(state);
      finish(rows(state, format));
      return new Exported(first, state.last(), found);
    } catch (IOException e) {
      throw new UncheckedLogException("can't write into " + folder + ": " + e);
    }
  }

  /** What no checkpoint vouches for yet is not worth taking along. */
  private void requireProvable(ExportState state) throws UncheckedLogException {
    long newest = checkpoints.newest() - 1;
    if (state.last() > newest || state.last() < state.first()) {
      throw new UncheckedLogException(
          newest < 0
              ? "there is no checkpoint"
              : "the newest checkpoint is of the events up to %d, so %d to %d can't be exported"
                  .formatted(newest, state.first(), state.last()));
    }
    if (state.first() < source.before().size()) {
      throw new UncheckedLogException(
          "the events before " + source.before().size() + " are not here");
    }
  }

  private ExportState rows(ExportState begun, Format format)
      throws IOException, UncheckedLogException, TamperedException {
    ExportState state = begun;
    long last = begun.last();
    boolean goesOn = !state.parts().isEmpty();
    CompactRange tree = source.before();
    long from = goesOn ? state.next() : tree.size();
    try (LogReader reader = source.read(from, state.offsets(), last + 1)) {
      while (!goesOn && tree.size() < state.first()) {
        tree.append(next(reader, tree.size()).leafHash());
        step.run();
      }
      if (!goesOn) {
        state = state.with(tree.subtrees().stream().map(Hash::toString).toList());
      }
      while (state.next() <= last) {
        Part part = part(reader, format, state.next(), last);
        state = state.with(part, reader.offsets());
        state.write(folder);
      }
    }
    return state;
  }

  private Part part(LogReader reader, Format format, long first, long last)
      throws IOException, UncheckedLogException, TamperedException {
    String name = String.format(Locale.ROOT, "events-%012d.%s", first, format.extension());
    Path file = folder.resolve(name);
    long end = Math.min(last + 1, first + rowsPerFile);
    try (RowWriter rows = format.writer(file)) {
      for (long index = first; index < end; index++) {
        rows.write(next(reader, index));
        step.run();
      }
    }
    return new Part(name, first, end - first, Sha256.of(file));
  }

  private static LogRecord next(LogReader reader, long index)
      throws UncheckedLogException, TamperedException {
    LogRecord record = reader.next();
    if (record == null) {
      throw new TamperedException(index, "index " + index + " is missing");
    }
    return record;
  }

  private void finish(ExportState state) throws IOException, UncheckedLogException {
    NavigableMap<Long, Signed> within =
        checkpoints.bySize().subMap(state.first(), false, state.last() + 1, true);
    Path file = folder.resolve(CheckpointFile.FILE);
    Collection<Signed> all = within.values();
    CheckpointFile.write(file, all);
    Part written =
        new Part(
            CheckpointFile.FILE,
            within.isEmpty() ? 0 : within.firstKey(),
            all.size(),
            Sha256.of(file));
    new Manifest(
            state.format(),
            state.next() - state.first(),
            state.first(),
            state.last(),
            within.isEmpty() ? "" : within.lastEntry().getValue().note(),
            state.before(),
            List.copyOf(state.parts()),
            written)
        .write(folder);
    Files.deleteIfExists(folder.resolve(ExportState.FILE));
  }
}
