package dev.keyledger.bench;

import dev.keyledger.bench.LogPasses.Rates;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How fast an auditor reads a log, against a consumer that only counts its records. */
final class ReplayFigures {
  private static final int EVENTS = 1_000_000;
  private static final int EVENTS_QUICK = 50_000;
  private static final String JAR = "infra/bench/target/keyledger-bench-exec.jar";

  private ReplayFigures() {}

  /** Needs no other part than a broker of its own. */
  static void measure(Options options, Path folder, Cleanup cleanup, Report report)
      throws Exception {
    int events = options.quick() ? EVENTS_QUICK : EVENTS;
    int rounds = options.rounds();
    try (Broker broker = Broker.start(folder, cleanup)) {
      System.err.printf("writing a log of %,d events%n", events);
      String key = SampleLog.write(broker.bootstrapServers(), events);
      List<String> words = LogPasses.arguments(broker.bootstrapServers(), key, events, rounds + 1);
      passes(words, options, cleanup, report);
      new AuditTool(options, folder, key, cleanup, report).measure(broker.bootstrapServers());
    }
  }

  private static void passes(List<String> words, Options options, Cleanup cleanup, Report report)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(AuditTool.COLLECTOR);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            options.home().resolve(JAR).toString()));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    AutoCloseable _ = cleanup.keep(process::destroyForcibly);
    System.err.println("reading the log, again and again");
    List<Rates> rounds;
    try (BufferedReader answers = process.inputReader()) {
      rounds = answers.lines().flatMap(line -> Rates.in(line).stream()).toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException("The passes over the log ended with status " + process.exitValue());
    }
    // The first one was to warm up.
    add(rounds.subList(1, rounds.size()), report);
  }

  private static void add(List<Rates> rounds, Report report) {
    double limit = Round.median(rounds, Rates::consumed);
    double replayed = Round.median(rounds, Rates::replayed);
    double verified = Round.median(rounds, Rates::verified);
    report.add(Row.of("events replayed", "/s", replayed).against(limit).mark(Mark.REPLAY));
    report.add(Row.of("events verified", "/s", verified).against(limit));
    report.note(
        "Limit of a replay: a plain consumer that counts the events in the same process, and fetches"
            + " as much at once.");
  }
}
