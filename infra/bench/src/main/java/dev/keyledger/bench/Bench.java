package dev.keyledger.bench;

import dev.keyledger.bench.Options.Figures;
import dev.keyledger.local.Folder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures Keyledger on this machine and prints a table: what {@code infra/bench/run} runs. */
public final class Bench {
  /** Those who call at the same time. */
  static final int CALLERS = 64;

  /** Those that need no set-up, or one of their own. */
  private static final Set<Figures> APART = EnumSet.of(Figures.REPLAY, Figures.REBUILD);

  private Bench() {}

  /**
   * Runs until everything is measured; the status is 1 if something could not be.
   *
   * @param arguments the root of the repository, then options
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(LogPasses.WORD)) {
      LogPasses.run(arguments);
      return;
    }
    System.exit(run(Options.parse(List.of(arguments))));
  }

  private static int run(Options options) {
    try (Cleanup cleanup = new Cleanup()) {
      Path folder = Files.createTempDirectory("keyledger-bench-");
      AtomicBoolean keepLogs = new AtomicBoolean();
      AutoCloseable _ = cleanup.keep(() -> tidy(folder, keepLogs.get()));
      try {
        Report report = measure(options, folder, cleanup);
        System.out.println(options.json() ? report.json() : report.table());
        return 0;
      } catch (Exception e) {
        if (!cleanup.isClosed()) {
          keepLogs.set(true);
          System.err.println("Could not measure; the logs stay in " + folder);
          e.printStackTrace();
        }
        return 1;
      }
    } catch (IOException e) {
      System.err.println("No folder could be made: " + e);
      return 1;
    }
  }

  private static void tidy(Path folder, boolean keepLogs) throws IOException {
    if (!keepLogs) {
      Folder.delete(folder);
    }
  }

  private static Report measure(Options options, Path folder, Cleanup cleanup) throws Exception {
    Report report = new Report();
    var machine = ManagementFactory.getOperatingSystemMXBean();
    report.note(
        "Load before the run: %.1f on %d cores."
            .formatted(machine.getSystemLoadAverage(), machine.getAvailableProcessors()));
    if (options.figures().contains(Figures.REPLAY)) {
      ReplayFigures.measure(options, folder, cleanup, report);
    }
    List<Double> ready = new ArrayList<>();
    String mongo = "";
    if (options.figures().contains(Figures.REBUILD)) {
      // On a topic of its own, since what others leave on theirs would be rebuilt, too.
      Path own = folder.resolve("rebuild");
      try (Platform platform = Platform.start(options.home(), own, cleanup);
          Ledger ledger = new Ledger(platform)) {
        RebuildFigures.measure(stage(options, own, platform, ledger, cleanup, report));
        ready.add(platform.readySeconds());
        mongo = platform.mongoKind();
      }
    }
    Set<Figures> together = EnumSet.copyOf(options.figures());
    together.removeAll(APART);
    if (!together.isEmpty()) {
      mongo = measureTogether(together, options, folder, cleanup, report, ready);
    }
    if (!ready.isEmpty()) {
      double seconds = Round.median(ready, Double::doubleValue);
      report.add(Row.of("infra/up until ready", "s", seconds).mark(Mark.READY));
      report.note("MongoDB: " + mongo + ". Data on " + fileSystem(folder) + ".");
    }
    return report;
  }

  /** Measures on one set-up, and returns which MongoDB it has. */
  private static String measureTogether(
      Set<Figures> figures,
      Options options,
      Path folder,
      Cleanup cleanup,
      Report report,
      List<Double> ready)
      throws Exception {
    for (int i = 1; figures.contains(Figures.START) && i < options.rounds(); i++) {
      try (Platform platform = Platform.start(options.home(), folder.resolve("up" + i), cleanup)) {
        ready.add(platform.readySeconds());
      }
    }
    Platform platform = Platform.start(options.home(), folder.resolve("up"), cleanup);
    ready.add(platform.readySeconds());
    Ledger ledger = cleanup.keep(new Ledger(platform));
    Stage stage = stage(options, folder, platform, ledger, cleanup, report);
    if (figures.contains(Figures.COMMANDS)) {
      CommandFigures.measure(stage);
    }
    if (figures.contains(Figures.VISIBLE)) {
      VisibleFigures.measure(stage);
    }
    if (figures.contains(Figures.LOG)) {
      LogFigures.measure(stage);
    }
    if (figures.contains(Figures.LIST)) {
      ListFigures.measure(stage);
    }
    if (figures.contains(Figures.VERIFY)) {
      VerificationFigures.measure(stage);
      GuardFigures.measure(stage);
      MemoryFigures.measure(report, options);
    }
    if (!figures.equals(EnumSet.of(Figures.START))) {
      StartFigures.memory(stage);
    }
    if (figures.contains(Figures.START)) {
      StartFigures.measure(stage);
    }
    return platform.mongoKind();
  }

  private static Stage stage(
      Options options,
      Path folder,
      Platform platform,
      Ledger ledger,
      Cleanup cleanup,
      Report report)
      throws IOException {
    return new Stage(options, folder, platform, new Accounts(platform), ledger, cleanup, report);
  }

  private static String fileSystem(Path folder) throws IOException {
    return Files.getFileStore(folder).type();
  }
}
