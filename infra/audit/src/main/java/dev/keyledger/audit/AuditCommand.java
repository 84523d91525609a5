package dev.keyledger.audit;

import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What all commands have in common: a log to read, a way to tell what came out, a status. */
abstract class AuditCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin private SourceOptions source = new SourceOptions();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

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
      unchecked(String.valueOf(e.getMessage()));
      return Status.UNCHECKED;
    }
  }

  private void tampered(TamperedException e) {
    boolean event = e.index() != TamperedException.NO_EVENT;
    if (json) {
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

  private void unchecked(String why) {
    if (json) {
      Map<String, Object> result = result("unchecked");
      result.put("finding", why);
      print(result);
    } else {
      err().println("Could not check: " + why + ".");
    }
  }

  /** Without what a terminal would obey; in a log, somebody else chose the text. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cc}|\\p{Cf}|\\p{Zl}|\\p{Zp}", "?");
  }

  boolean json() {
    return json;
  }

  static Map<String, Object> result(String word) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("result", word);
    return result;
  }

  void print(Map<String, Object> result) {
    out().println(JSON.writeValueAsString(result));
  }

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  Progress progress(String what, long total) {
    return new Progress(err(), Progress.isTerminal(), System::nanoTime, what, total);
  }
}
