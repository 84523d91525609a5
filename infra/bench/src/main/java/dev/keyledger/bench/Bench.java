package dev.keyledger.bench;

import dev.keyledger.bench.Options.Figures;
import dev.keyledger.local.Folder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures Keyledger on this machine and prints a table: what {@code infra/bench/run} runs. */
public final class Bench {
  /** Those who call at the same time. */
  static final int CALLERS = 64;

  private Bench() {}

  /**
   * Runs until everything is measured; the status is 1 if something could not be.
   *
   * @param arguments the root of the repository, then options
   */
  public static void main(String[] arguments) {
    int status = 1;
    try (Cleanup cleanup = new Cleanup()) {
      Options options = Options.parse(List.of(arguments));
      Path folder = Files.createTempDirectory("keyledger-bench-");
      AutoCloseable _ = cleanup.keep(() -> Folder.delete(folder));
      Report report = run(options, folder, cleanup);
      System.out.println(options.json() ? report.json() : report.table());
      status = 0;
    } catch (Exception e) {
      System.err.println("Could not measure: " + e);
    }
    System.exit(status);
  }

  /** The applications that ours are compared with. */
  static Path bareJar(Options options) {
    return options.home().resolve("infra/bench/bare/target/keyledger-bench-bare.jar");
  }

  private static Report run(Options options, Path folder, Cleanup cleanup) throws Exception {
    Report report = new Report();
    List<Double> ready = new ArrayList<>();
    for (int i = 1; options.figures().contains(Figures.START) && i < options.rounds(); i++) {
      try (Platform platform = Platform.start(options.home(), folder.resolve("up" + i))) {
        ready.add(platform.readySeconds());
      }
    }
    Platform platform = cleanup.keep(Platform.start(options.home(), folder.resolve("up")));
    ready.add(platform.readySeconds());
    Ledger ledger = cleanup.keep(new Ledger(platform));
    Stage stage =
        new Stage(options, folder, platform, new Accounts(platform), ledger, cleanup, report);
    if (options.figures().contains(Figures.COMMANDS)) {
      CommandFigures.measure(stage);
    }
    if (options.figures().contains(Figures.VISIBLE)) {
      VisibleFigures.measure(stage);
    }
    if (options.figures().contains(Figures.LIST)) {
      ListFigures.measure(stage);
    }
    StartFigures.memory(stage);
    if (options.figures().contains(Figures.START)) {
      StartFigures.measure(stage);
    }
    double seconds = Round.median(ready, Double::doubleValue);
    report.add(Row.of("infra/up until ready", "s", seconds).mark(Mark.READY));
    report.note("MongoDB: " + platform.mongoKind() + ". Data on " + fileSystem(folder) + ".");
    return report;
  }

  private static String fileSystem(Path folder) throws Exception {
    return Files.getFileStore(folder).type();
  }
}
