package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.ReadAhead;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.tlog.CompactRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The log as it was exported; needs no network. */
public final class ExportedLog implements LogSource {
  private final Path folder;
  private final Manifest manifest;
  private final Format format;

  private ExportedLog(Path folder, Manifest manifest, Format format) {
    this.folder = folder;
    this.manifest = manifest;
    this.format = format;
  }

  /** The export in that folder. */
  public static ExportedLog open(Path folder) throws UncheckedLogException, TamperedException {
    Manifest manifest = Manifest.read(folder);
    return new ExportedLog(folder, manifest, manifest.rows());
  }

  @Override
  public String name() {
    return "export " + folder;
  }

  @Override
  public List<byte[]> checkpoints() throws UncheckedLogException, TamperedException {
    return CheckpointFile.read(folder, manifest.checkpoints(), manifest.checkpoint());
  }

  @Override
  public CompactRange before() {
    try {
      return manifest.tree();
    } catch (TamperedException impossible) {
      throw new IllegalStateException("It was looked at when the export was opened", impossible);
    }
  }

  @Override
  public LogReader read(long from, Map<Integer, Long> offsets, long required) {
    return new ReadAhead(new ExportReader(folder, manifest, format, from));
  }

  @Override
  public void close() {}
}
