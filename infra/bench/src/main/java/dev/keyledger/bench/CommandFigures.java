package dev.keyledger.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Durable commands per second, over HTTP and from callers inside the service, against raw journaled
 * single inserts, which no HTTP stands before either.
 */
final class CommandFigures {
  static final int ACCOUNTS_PER_CALLER = 32;

  private final Stage stage;
  private final RawInserts.Row row;
  private final List<Account> accounts;
  private final List<Account> enrolled;

  private CommandFigures(Stage stage) throws Exception {
    this.stage = stage;
    accounts = stage.accounts().create(Bench.CALLERS * ACCOUNTS_PER_CALLER);
    enrolled = stage.accounts().create(Bench.CALLERS);
    Challenges.enable(stage.platform(), enrolled);
    try (Enrolments one = new Enrolments(stage.platform(), accounts)) {
      one.call();
    }
    row = stage.ledger().prepareInserts();
  }

  static void measure(Stage stage) throws Exception {
    new CommandFigures(stage).measure();
  }

  private void measure() throws Exception {
    overHttp();
    inside();
  }

  private void overHttp() throws Exception {
    Options options = stage.options();
    List<Round> many = new ArrayList<>();
    List<Round> manyRaw = new ArrayList<>();
    List<Round> one = new ArrayList<>();
    List<Round> oneRaw = new ArrayList<>();
    List<Round> challenges = new ArrayList<>();
    var _ = ClosedLoop.run(Bench.CALLERS, options.warmUp(), options.firstWarmUp(), this::ours);
    var _ = ClosedLoop.run(Bench.CALLERS, options.warmUp(), options.warmUp(), this::limit);
    for (int i = 0; i < options.rounds(); i++) {
      stage.say("commands", i);
      many.add(round(Bench.CALLERS, this::ours));
      manyRaw.add(round(Bench.CALLERS, this::limit));
      one.add(round(1, this::ours));
      oneRaw.add(round(1, this::limit));
      challenges.add(round(Bench.CALLERS, this::challenges));
    }
    Report report = stage.report();
    Round limit = Round.median(manyRaw);
    report.add("durable commands", Bench.CALLERS, Round.median(many), limit, Mark.COMMANDS);
    report.add("durable commands", 1, Round.median(one), Round.median(oneRaw), Mark.COMMANDS);
    Round opened = Round.median(challenges);
    report.add(Row.of("challenges opened, 64 callers", "/s", opened.perSecond()));
    report.add(Row.of("  p50", "ms", opened.p50()));
    report.add(Row.of("  p99", "ms", opened.p99()));
    report.note(
        "Limit of commands: single inserts of %d bytes of payload, a transaction each, %d connections."
            .formatted(row.payload().length, stage.ledger().connections()));
  }

  private void inside() throws Exception {
    Options options = stage.options();
    List<Round> many = new ArrayList<>();
    List<Round> manyRaw = new ArrayList<>();
    List<Round> one = new ArrayList<>();
    List<Round> oneRaw = new ArrayList<>();
    try (Inside inside = Inside.start(stage)) {
      var _ = inside.run(Bench.CALLERS, options.warmUp(), options.firstWarmUp());
      touch();
      for (int i = 0; i < options.rounds(); i++) {
        stage.say("commands without HTTP", i);
        many.add(round(inside, Bench.CALLERS));
        manyRaw.add(round(Bench.CALLERS, this::limit));
        one.add(round(inside, 1));
        oneRaw.add(round(1, this::limit));
      }
    }
    Report report = stage.report();
    String what = "durable commands without HTTP";
    report.add(what, Bench.CALLERS, Round.median(many), Round.median(manyRaw), Mark.COMMANDS);
    report.add(what, 1, Round.median(one), Round.median(oneRaw), Mark.COMMANDS);
  }

  private Round round(int callers, Caller.Source source) throws Exception {
    settle();
    return ClosedLoop.run(callers, stage.options().warmUp(), stage.options().round(), source);
  }

  private Round round(Inside inside, int callers) throws Exception {
    settle();
    Round round = inside.run(callers, stage.options().warmUp(), stage.options().round());
    touch();
    return round;
  }

  private void settle() throws Exception {
    Settling.await(stage, accounts);
    Settling.await(stage, enrolled);
  }

  /** Who waits for these accounts then waits for what callers inside have caused, too. */
  private void touch() throws Exception {
    try (Enrolments last = new Enrolments(stage.platform(), accounts)) {
      for (int i = 0; i < accounts.size(); i++) {
        last.call();
      }
    }
  }

  private Caller ours(int number) throws Exception {
    int from = number * ACCOUNTS_PER_CALLER;
    return new Enrolments(stage.platform(), accounts.subList(from, from + ACCOUNTS_PER_CALLER));
  }

  private Caller limit(int number) {
    return stage.ledger().inserts(row, ACCOUNTS_PER_CALLER);
  }

  private Caller challenges(int number) throws Exception {
    return new Challenges(stage.platform(), enrolled.subList(number, number + 1));
  }
}
