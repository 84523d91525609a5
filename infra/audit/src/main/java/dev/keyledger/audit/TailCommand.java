package dev.keyledger.audit;

import dev.keyledger.audit.export.JsonLinesWriter;
import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.tlog.LogEntry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tail}: what happens now? */
@Command(
    name = "tail",
    description = {
      "Prints events in log order as they come, until it is interrupted; of an export, those that are there.",
      "With --json, the lines are those of an export."
    })
final class TailCommand extends AuditCommand {
  @Option(
      names = "--from",
      paramLabel = "<index>",
      description =
          "The first log index; if not given, that after the newest checkpoint, of an export its first.")
  private @Nullable Long from;

  @Option(names = "--count", paramLabel = "<n>", description = "Ends after so many events.")
  private long count = Long.MAX_VALUE;

  @Override
  int run(LogSource log, SourceOptions options) throws TamperedException, UncheckedLogException {
    SignedCheckpoints checkpoints = options.checkpoints();
    checkpoints.addFound(log.checkpoints());
    long first = from != null ? from : log.grows() ? checkpoints.newest() : log.before().size();
    if (first < 0) {
      throw new UncheckedLogException("--from is a log index, and they begin with 0");
    }
    try (LogReader reader = log.follow(first)) {
      for (long told = 0; told < count; told++) {
        LogRecord next = reader.next();
        if (next == null) {
          break;
        }
        out().println(json() ? JsonLinesWriter.line(next) : printable(line(next)));
        if (out().checkError()) {
          break; // nobody reads on
        }
      }
    }
    return Status.SOUND;
  }

  private static String line(LogRecord record) {
    LogEntry entry = record.entry();
    return "%d %s %s %s %s"
        .formatted(
            record.index(),
            attribute(entry, "time"),
            entry.keyText(),
            attribute(entry, "position"),
            attribute(entry, "type"));
  }

  private static String attribute(LogEntry entry, String name) {
    String value = entry.attributeText(name);
    return value == null ? "-" : value;
  }
}
