package dev.keyledger.audit;

import dev.keyledger.audit.export.Exporter;
import dev.keyledger.audit.export.Exporter.Exported;
import dev.keyledger.audit.export.Format;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: the log in files, with all that it takes to verify them offline. */
@Command(
    name = "export",
    description = {
      "Writes events into files, with a manifest and the checkpoints that vouch for them.",
      "Run again after an interruption, it goes on where it was."
    })
final class ExportCommand extends AuditCommand {
  private static final int ROWS_PER_FILE = 100_000;

  @Parameters(paramLabel = "<folder>", description = "Where to; made if it is not there.")
  private Path folder = Path.of("");

  @Option(
      names = "--format",
      defaultValue = "jsonl",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
  private Format format = Format.JSONL;

  @Option(
      names = "--from",
      paramLabel = "<index>",
      defaultValue = "0",
      description = "The first log index; ${DEFAULT-VALUE} if not given.")
  private long from;

  @Option(
      names = "--to",
      paramLabel = "<index>",
      description = "The last log index; that of the newest checkpoint if not given.")
  private @Nullable Long to;

  @Override
  int run(LogSource log, SourceOptions options) throws TamperedException, UncheckedLogException {
    SignedCheckpoints checkpoints = options.checkpoints();
    checkpoints.addFound(log.checkpoints());
    OptionalLong last = to == null ? OptionalLong.empty() : OptionalLong.of(to);
    long total = last.orElse(checkpoints.newest() - 1) + 1 - log.before().size();
    Exported exported;
    try (Progress progress = progress("Exporting", total)) {
      Exporter exporter = new Exporter(log, checkpoints, folder, ROWS_PER_FILE, progress::step);
      exported = exporter.export(format, from, last);
    }
    tell(exported);
    return Status.SOUND;
  }

  private void tell(Exported exported) {
    long count = exported.last() + 1 - exported.first();
    if (json()) {
      Map<String, Object> result = result("exported");
      result.put("folder", folder.toString());
      result.put("first", exported.first());
      result.put("last", exported.last());
      result.put("count", count);
      result.put("foundFromBefore", exported.found());
      print(result);
      return;
    }
    out()
        .printf(
            "Exported %,d events, index %d to %d, into %s%n",
            count, exported.first(), exported.last(), folder);
    if (exported.found() > 0) {
      out().printf("  %,d of them were there from an earlier run.%n", exported.found());
    }
    out().println("  Nothing is verified yet: keyledger-audit verify --export " + folder);
  }
}
