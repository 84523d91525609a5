package dev.keyledger.bench;

import dev.keyledger.local.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code keyledger-audit} over a whole log, as a process with little memory. */
final class AuditTool {
  private static final String JAR = "infra/audit/target/keyledger-audit.jar";

  /** As {@code infra/keyledger-audit} has it. */
  static final List<String> COLLECTOR = List.of("-XX:+UseParallelGC", "-XX:MaxTenuringThreshold=1");

  private static final String HEAP = "-Xmx384m";
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final double BYTES_PER_MB = 1e6;

  private final Path jar;
  private final Path folder;
  private final String verifierKey;
  private final Cleanup cleanup;
  private final Report report;

  AuditTool(Options options, Path folder, String verifierKey, Cleanup cleanup, Report report) {
    this.jar = options.home().resolve(JAR);
    this.folder = folder;
    this.verifierKey = verifierKey;
    this.cleanup = cleanup;
    this.report = report;
  }

  /** Reads the log on the broker, then exports of it. */
  void measure(String bootstrapServers) throws Exception {
    List<String> broker = List.of("--broker", bootstrapServers);
    run("verify", broker);
    run("replay", broker);
    for (String format : List.of("jsonl", "csv", "parquet")) {
      Path export = folder.resolve(format);
      List<String> into = new ArrayList<>(broker);
      into.addAll(List.of("--format", format, export.toString()));
      run("export", into);
      report.add(Row.of("  size of " + format, "MB", megabytes(export)));
      List<String> from = List.of("--export", export.toString());
      run("verify", from);
      run("replay", from);
      Folder.delete(export);
    }
    report.note("keyledger-audit runs as its users run it, but with " + HEAP + ".");
  }

  private void run(String command, List<String> arguments) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP));
    words.addAll(COLLECTOR);
    words.addAll(List.of("-jar", jar.toString(), command, "--verifier-key", verifierKey));
    words.addAll(arguments);
    Path log = folder.resolve("audit.log");
    double peak = 0;
    long began = System.nanoTime();
    try (Child tool = Child.start(words, Map.of(), log)) {
      AutoCloseable _ = cleanup.keep(tool);
      while (tool.isAlive()) {
        peak = Math.max(peak, tool.peakMb());
        Thread.sleep(LOOK_EVERY);
      }
      if (tool.status() != 0) {
        throw new IOException("keyledger-audit " + words + " says:\n" + Files.readString(log));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    String of = arguments.getFirst().equals("--broker") ? "Kafka" : "an export";
    report.add(Row.of("keyledger-audit " + command + " of " + of, "s", seconds));
    report.add(Row.of("  at most resident", "MB", peak));
  }

  private static double megabytes(Path export) throws IOException {
    try (Stream<Path> files = Files.list(export)) {
      return files.mapToLong(file -> file.toFile().length()).sum() / BYTES_PER_MB;
    }
  }
}
