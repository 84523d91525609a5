package dev.keyledger.audit;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What all commands have in common: a way to tell what came out, in words or as JSON. */
abstract class ReportingCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /**
   * Tells that nothing came out.
   *
   * @param what could not be done, as in "Could not check"
   * @return the status
   */
  int unchecked(String what, String why) {
    if (json) {
      Map<String, Object> result = result("unchecked");
      result.put("finding", why);
      print(result);
    } else {
      err().println("Could not %s: %s.".formatted(what, why));
    }
    return Status.UNCHECKED;
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
