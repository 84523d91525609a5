package dev.keyledger.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Runs the whole of Keyledger on this machine: the program behind {@code infra/up}. */
public final class LocalPlatform {
  private static final PrintStream OUT = System.out;

  private LocalPlatform() {}

  /**
   * Runs until it is interrupted, or until a part dies: then the status is 1.
   *
   * @param arguments the root of the repository, then {@code --fresh} to begin without data, or
   *     {@code --train} to make faster starts ready and end
   */
  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
    System.exit(options.contains("--train") ? train(home) : run(home, options.contains("--fresh")));
  }

  private static int run(Path home, boolean fresh) {
    long began = System.nanoTime();
    try {
      Settings settings = Settings.read(home, System.getenv());
      DataFolder data = DataFolder.hold(settings.data());
      keepLogQuiet(settings);
      Parts parts = new Parts(settings, data, ServiceImage::run);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts), "stop"));
      parts.clearAway(fresh);
      OUT.println("Starting Keyledger; its data are in " + settings.data());
      String mongo = parts.start();
      OUT.println(table(settings, mongo, Duration.ofNanos(System.nanoTime() - began)));
      OUT.println(parts.awaitDeath());
    } catch (LaunchException e) {
      OUT.println(e.getMessage());
    } catch (Exception e) {
      OUT.println("The local set-up failed: " + e);
    }
    return 1;
  }

  private static int train(Path home) {
    try {
      TrainingRun.run(home);
    } catch (Exception e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      OUT.println("All works, but starts will not be faster: " + why);
    }
    return 0;
  }

  private static void stop(Parts parts) {
    OUT.println("Stopping Keyledger");
    try {
      parts.close();
    } catch (Exception e) {
      OUT.println("Not everything could be stopped: " + e.getMessage());
    }
  }

  static void keepLogQuiet(Settings settings) {
    System.setProperty("keyledger.local.log", settings.log("local-platform").toString());
    System.setProperty("logback.configurationFile", "dev/keyledger/local/logback-launcher.xml");
    var _ = LoggerFactory.getILoggerFactory(); // before several threads do so at once
  }

  private static String table(Settings settings, String mongo, Duration after) {
    return String.format(
        Locale.ROOT, // numbers are to be used
        """

        Keyledger is ready after %.1f s.

          command side     http://localhost:%-6d changes a key ring
          query side       http://localhost:%-6d lists keys
          local platform   http://localhost:%-6d gives tokens, shows mails
          PostgreSQL       localhost:%-13d database and user %s
          Kafka            localhost:%-13d topic keyledger.events.v1
          MongoDB          %s
          SMTP             localhost:%-13d mails are at http://localhost:%d/dev/mail
          logs             %s
          the log's key    %s

        Next, in another terminal: infra/demo
        Ctrl-C here stops everything; the data stay.
        """,
        after.toMillis() / 1000.0,
        settings.port(Port.COMMAND),
        settings.port(Port.QUERY),
        settings.port(Port.LOCAL),
        settings.port(Port.POSTGRES),
        LocalPostgres.DATABASE,
        settings.port(Port.KAFKA),
        mongo,
        settings.port(Port.SMTP),
        settings.port(Port.LOCAL),
        settings.data().resolve("logs"),
        settings.data().resolve("verifier-key"));
  }
}
