package dev.keyledger.audit;

import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the commands that read a log have in common: where from, and what to tell of a bad one. */
abstract class AuditCommand extends ReportingCommand {
  @Mixin private SourceOptions source = new SourceOptions();

  /** Reads the log and tells what came out; the status is that of the process. */
  abstract int run(LogSource log, SourceOptions options)
      throws TamperedException, UncheckedLogException;

  @Override
  public final Integer call() {
    try (LogSource log = source.open()) {
      return run(log, source);
    } catch (TamperedException e) {
      tampered(e);
      return Status.TAMPERED;
    } catch (UncheckedLogException e) {
      return unchecked("check", String.valueOf(e.getMessage()));
    }
  }

  private void tampered(TamperedException e) {
    boolean event = e.index() != TamperedException.NO_EVENT;
    if (json()) {
      Map<String, Object> result = result("tampered");
      if (event) {
        result.put("firstBadIndex", e.index());
      }
      result.put("finding", String.valueOf(e.getMessage()));
      print(result);
    } else {
      out().println("TAMPERED: " + printable(String.valueOf(e.getMessage())) + ".");
      if (event) {
        out().println("First bad index: " + e.index());
      }
    }
  }
}
