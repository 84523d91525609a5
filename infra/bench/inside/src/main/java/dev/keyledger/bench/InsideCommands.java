package dev.keyledger.bench;

import dev.keyledger.command.CommandSideApplication;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.relay.LogCost;
import dev.keyledger.command.store.KeyRings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A node of command-side whose callers are in the same process. For each line {@code callers
 * warm-up-millis millis} on standard input it runs a round, and writes {@code round per-second p50
 * p99}. For each line {@code log} it writes {@code log nanoseconds-per-event}.
 */
public final class InsideCommands {
  private final KeyRings keyRings;
  private final LogCost logCost;
  private final List<List<String>> accounts =
      Stream.generate(() ->
              Stream.generate(() -> "acct-" + UUID.randomUUID())
                  .limit(CommandFigures.ACCOUNTS_PER_CALLER)
                  .toList())
          .limit(Bench.CALLERS)
          .toList();

  private InsideCommands(KeyRings keyRings, LogCost logCost) {
    this.keyRings = keyRings;
    this.logCost = logCost;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    try (ConfigurableApplicationContext service =
            SpringApplication.run(CommandSideApplication.class, arguments);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      new InsideCommands(service.getBean(KeyRings.class), new LogCost(service)).follow(orders);
    }
  }

  private void follow(BufferedReader orders) throws Exception {
    System.out.println(Inside.READY);
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      if (line.startsWith(Inside.LOG)) {
        int batch = Integer.parseInt(line.substring(Inside.LOG.length()));
        System.out.println(Inside.LOG + logCost.nanosPerEvent(batch));
        continue;
      }
      List<Integer> order = Stream.of(line.split(" ", 0)).map(Integer::valueOf).toList();
      Round round =
          ClosedLoop.run(
              order.get(0),
              Duration.ofMillis(order.get(1)),
              Duration.ofMillis(order.get(2)),
              this::caller);
      System.out.println(Inside.written(round));
    }
  }

  /** Does what {@link Enrolments} does, without HTTP. */
  private Caller caller(int number) {
    List<String> own = accounts.get(number);
    int[] turn = {0};
    return () -> {
      String account = own.get(turn[0]++ % own.size());
      Outcome outcome = keyRings.send(new EnableTwoFactor(account), null).outcome();
      if (!(outcome instanceof Outcome.EnrolmentStarted)) {
        throw new IOException("An enrolment was answered with " + outcome.getClass());
      }
    };
  }
}
