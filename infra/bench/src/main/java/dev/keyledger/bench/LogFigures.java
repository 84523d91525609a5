package dev.keyledger.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast events that wait get their places in the log and out to Kafka, and how much of a
 * command's processor time the log is.
 */
final class LogFigures {
  private static final int EVENTS_PER_ACCOUNT = 20;
  private static final int ACCOUNTS = 1_500;
  private static final int ACCOUNTS_QUICKLY = 300;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(10);

  /** As long as the follower gathers that gives events their places, see RelayConfiguration. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  private static final double NANOS_PER_MILLI = 1e6;

  private final Stage stage;
  private final List<Account> callers;

  private LogFigures(Stage stage) {
    this.stage = stage;
    callers = stage.accounts().create(Bench.CALLERS * CommandFigures.ACCOUNTS_PER_CALLER);
  }

  static void measure(Stage stage) throws Exception {
    new LogFigures(stage).measure();
  }

  private void measure() throws Exception {
    List<Double> drains = new ArrayList<>();
    List<Double> commands = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    var _ = round(stage.options().firstWarmUp());
    try (Inside inside = Inside.start(stage)) {
      for (int i = 0; i < stage.options().rounds(); i++) {
        stage.say("the log", i);
        Load load = round(stage.options().round());
        commands.add(load.millis());
        Settling.await(stage, callers);
        shares.add(inside.logNanos(load.batch()) / NANOS_PER_MILLI);
        drains.add(drain());
      }
    }
    Report report = stage.report();
    double drained = Round.median(drains, Double::doubleValue);
    report.add(Row.of("events that wait, into the log and out", "/s", drained).mark(Mark.APPENDS));
    Row share = Row.of("processor time, log of a command", "ms", Round.median(shares, it -> it));
    report.add(share.against(Round.median(commands, it -> it)).mark(Mark.LOG));
    report.note(
        "The log of a command: leaf, place in PostgreSQL, tree, checkpoints, in batches of 20 ms;"
            + " its limit is the whole command in command-side (without JIT compilers) and PostgreSQL,"
            + " %d callers over HTTP.".formatted(Bench.CALLERS));
  }

  /**
   * A round of commands.
   *
   * @param perSecond how many there were
   * @param millis of processor time for each of them
   */
  private record Load(double perSecond, double millis) {
    /** As many events as come while the log gathers. */
    int batch() {
      return (int) Math.max(1, Math.round(perSecond * GATHERING.toNanos() / 1e9));
    }
  }

  private Load round(Duration time) throws Exception {
    Processes processes =
        new Processes(stage.platform().pid("command-side"), stage.platform().postmaster());
    Duration before = processes.cpu();
    Round round = ClosedLoop.run(Bench.CALLERS, Duration.ZERO, time, this::caller);
    double millis = processes.cpu().minus(before).toNanos() / NANOS_PER_MILLI;
    return new Load(round.perSecond(), millis / (round.perSecond() * time.toNanos() / 1e9));
  }

  /** Events per second that came out of Kafka while nothing but following was to be done. */
  private double drain() throws Exception {
    int number = stage.options().quick() ? ACCOUNTS_QUICKLY : ACCOUNTS;
    List<Account> accounts = stage.accounts().create(number);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (KafkaWatch watch = new KafkaWatch(stage.platform().kafka())) {
      stage.ledger().appendEvents(accounts, EVENTS_PER_ACCOUNT);
      long end = System.nanoTime() + LONGEST.toNanos();
      for (Account account : accounts) {
        first = Math.min(first, await(watch, account, 1, end));
        last = Math.max(last, await(watch, account, EVENTS_PER_ACCOUNT, end));
        account.position().set(EVENTS_PER_ACCOUNT);
      }
    }
    Settling.await(stage, accounts);
    return (double) number * EVENTS_PER_ACCOUNT * Duration.ofSeconds(1).toNanos() / (last - first);
  }

  private static long await(KafkaWatch watch, Account account, long position, long end)
      throws IOException, InterruptedException {
    for (Long at = watch.arrival(account.id(), position); ; ) {
      if (at != null) {
        return at;
      }
      if (System.nanoTime() > end) {
        throw new IOException("The log was not published within " + LONGEST);
      }
      Thread.sleep(POLL);
      at = watch.arrival(account.id(), position);
    }
  }

  private Caller caller(int number) throws Exception {
    int from = number * CommandFigures.ACCOUNTS_PER_CALLER;
    return new Enrolments(
        stage.platform(), callers.subList(from, from + CommandFigures.ACCOUNTS_PER_CALLER));
  }
}
