package dev.keyledger.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long it takes from a command's answer until the query side shows it, at a fixed rate. */
final class VisibleFigures {
  private static final int EVENTS_PER_SECOND = 1_000;
  private static final int ACCOUNTS_PER_CALLER = 32;
  private static final int LOOK_AT_EVERY = 20;

  /** Whose compilers share the processors. */
  private static final int SERVICES = 2;

  private final Stage stage;
  private final List<Account> accounts;
  private final List<Round> visible = new ArrayList<>();
  private final List<Round> onKafka = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();
  private int unseen;

  private VisibleFigures(Stage stage) {
    this.stage = stage;
    accounts = stage.accounts().create(Bench.CALLERS * ACCOUNTS_PER_CALLER);
  }

  static void measure(Stage stage) throws Exception {
    new VisibleFigures(stage).measure();
  }

  private void measure() throws Exception {
    Options options = stage.options();
    for (int i = 0; i < options.rounds(); i++) {
      stage.say("from the answer until visible", i);
      if (i == 0) {
        warmUp(options.firstWarmUp().multipliedBy(SERVICES));
      }
      Settling.await(stage, accounts);
      round(options.warmUp());
    }
    Report report = stage.report();
    double rate = Round.median(rates, Double::doubleValue);
    report.add(Row.of("events per second, 1,000 offered", "/s", rate));
    Round shown = Round.median(visible);
    report.add(Row.of("answer → visible", "samples/s", shown.perSecond()));
    report.add(Row.of("  p50", "ms", shown.p50()));
    report.add(Row.of("  p99", "ms", shown.p99()).mark(Mark.VISIBLE));
    Round published = Round.median(onKafka);
    report.add(Row.of("answer → out of Kafka", "samples/s", published.perSecond()));
    report.add(Row.of("  p50", "ms", published.p50()));
    report.add(Row.of("  p99", "ms", published.p99()));
    if (unseen > 0) {
      report.note("%d commands were not visible within 5 s.".formatted(unseen));
    }
  }

  /**
   * Not at a rate: what a service that is not warm yet is late with would be the next round's. Then
   * with looks, so that those are compiled too, and the tokens are known as those of callers who
   * come again.
   */
  private void warmUp(Duration time) throws Exception {
    var _ = ClosedLoop.run(Bench.CALLERS, Duration.ZERO, time, this::enrolments);
    var _ = ClosedLoop.run(Bench.CALLERS, Duration.ZERO, time, Watched::new);
  }

  private void round(Duration warmUp) throws Exception {
    Duration time = stage.options().round();
    long from = System.nanoTime() + warmUp.toNanos();
    OpenLoop clock = new OpenLoop(EVENTS_PER_SECOND);
    try (KafkaWatch watch = new KafkaWatch(stage.platform().kafka());
        Samples samples = new Samples(stage.platform().queryPort())) {
      Round commands =
          ClosedLoop.run(
              Bench.CALLERS, warmUp, time, number -> new Paced(clock, from, samples, number));
      rates.add(commands.perSecond());
      visible.add(Round.of(samples.visible(), time));
      onKafka.add(Round.of(samples.onKafka(watch), time));
      unseen += samples.unseen();
    }
  }

  private Enrolments enrolments(int number) throws Exception {
    int first = number * ACCOUNTS_PER_CALLER;
    return new Enrolments(stage.platform(), accounts.subList(first, first + ACCOUNTS_PER_CALLER));
  }

  /** A caller who waits until each of its commands is visible. */
  private final class Watched implements Caller {
    private final Enrolments enrolments;
    private final Connection connection;

    Watched(int number) throws Exception {
      enrolments = enrolments(number);
      connection = new Connection(stage.platform().queryPort());
    }

    @Override
    public void call() throws Exception {
      Answer _ = connection.exchange(Samples.look(enrolments.enrol()));
    }

    @Override
    public void close() throws Exception {
      enrolments.close();
      connection.close();
    }
  }

  /** A caller who calls when it is due. */
  private final class Paced implements Caller {
    private final OpenLoop clock;
    private final long from;
    private final Samples samples;
    private final Enrolments enrolments;

    Paced(OpenLoop clock, long from, Samples samples, int number) throws Exception {
      this.clock = clock;
      this.from = from;
      this.samples = samples;
      enrolments = enrolments(number);
    }

    @Override
    public void call() throws Exception {
      long number = clock.awaitNext();
      Account account = enrolments.enrol();
      if (number % LOOK_AT_EVERY == 0 && System.nanoTime() >= from) {
        samples.take(account);
      }
    }

    @Override
    public void close() throws Exception {
      enrolments.close();
    }
  }
}
