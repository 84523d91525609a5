package dev.keyledger.audit;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * The auditor's command. It reads the log, from a running broker or an export, and changes nothing
 * in it; {@code rebuild} has query-side make its views anew, and {@code witness} shows a checkpoint
 * to a witness.
 */
@Command(
    name = "keyledger-audit",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "keyledger-audit 0.1.0",
    description =
        "Exports, verifies and replays the log of Keyledger. It only reads; 'rebuild' asks"
            + " query-side to do something, and 'witness' asks a witness to cosign.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done, and nothing is wrong with the log",
      "1:somebody tampered with the log, or two sides do not agree about it",
      "2:could not check"
    })
public final class KeyledgerAudit {
  private KeyledgerAudit() {}

  /** Runs a command; its status is that of the process. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = Status.UNCHECKED;
    try {
      status = run(out, err, arguments);
    } finally {
      System.exit(status); // that of a JVM which ends with an Error would be that of a tampered log
    }
  }

  /** Runs a command inside another program, and returns its status. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      return commandLine().setOut(out).setErr(err).execute(arguments);
    } catch (Throwable failure) { // picocli handles exceptions, and no Error
      return failed(failure, err);
    }
  }

  /** A defect of this tool, or too little memory, says nothing about the log. */
  private static int failed(Throwable failure, PrintWriter err) {
    err.println("Could not check: this tool failed.");
    failure.printStackTrace(err);
    return Status.UNCHECKED;
  }

  static CommandLine commandLine() {
    return new CommandLine(new KeyledgerAudit())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new ExportCommand())
        .addSubcommand(new ReplayCommand())
        .addSubcommand(new StateCommand())
        .addSubcommand(new TailCommand())
        .addSubcommand(new WitnessCommand())
        .addSubcommand(new RebuildCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, line, _) -> failed(failure, line.getErr()));
  }
}
