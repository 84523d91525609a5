package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lists of 20 keys, against a bare endpoint that finds one such document in the same MongoDB. */
final class ListFigures {
  private static final int KEYS = 20;
  private static final int ACCOUNTS = 16;

  private final Stage stage;
  private final List<Account> accounts;
  private int barePort;

  private ListFigures(Stage stage) {
    this.stage = stage;
    accounts = stage.accounts().create(ACCOUNTS);
  }

  static void measure(Stage stage) throws Exception {
    new ListFigures(stage).measure();
  }

  private void measure() throws Exception {
    System.err.printf("making %d keys%n", ACCOUNTS * KEYS);
    makeKeys();
    Settling.await(stage, accounts);
    barePort = startBare();
    Options options = stage.options();
    List<Round> many = new ArrayList<>();
    List<Round> manyBare = new ArrayList<>();
    List<Round> one = new ArrayList<>();
    List<Round> oneBare = new ArrayList<>();
    var _ = ClosedLoop.run(Bench.CALLERS, options.warmUp(), options.firstWarmUp(), this::ours);
    var _ = ClosedLoop.run(Bench.CALLERS, options.warmUp(), options.firstWarmUp(), this::bare);
    for (int i = 0; i < options.rounds(); i++) {
      stage.say("lists", i);
      many.add(ClosedLoop.run(Bench.CALLERS, options.warmUp(), options.round(), this::ours));
      manyBare.add(ClosedLoop.run(Bench.CALLERS, options.warmUp(), options.round(), this::bare));
      one.add(ClosedLoop.run(1, options.warmUp(), options.round(), this::ours));
      oneBare.add(ClosedLoop.run(1, options.warmUp(), options.round(), this::bare));
    }
    Report report = stage.report();
    Round limit = Round.median(manyBare);
    report.add("lists of 20 keys", Bench.CALLERS, Round.median(many), limit, Mark.LISTS);
    report.add("lists of 20 keys", 1, Round.median(one), Round.median(oneBare), Mark.LISTS);
  }

  private void makeKeys() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> made = new ArrayList<>();
      for (Account account : accounts) {
        made.add(
            threads.submit(() -> {
              try (KeyMaker maker = new KeyMaker(stage.platform(), account)) {
                maker.make(KEYS);
                return null;
              }
            }));
      }
      for (Future<?> account : made) {
        var _ = account.get();
      }
    }
  }

  /** The bare application finds the very documents that our answers are. */
  private int startBare() throws Exception {
    List<String> documents = new ArrayList<>();
    try (Connection query = new Connection(stage.platform().queryPort())) {
      for (Account account : accounts) {
        Answer list = query.exchange(Request.get("/v1/keys", account.token())).expect(200);
        if (list.json().get("keys").size() != KEYS) {
          throw new IllegalStateException("A list does not hold " + KEYS + " keys");
        }
        String fields = new String(list.body(), UTF_8).strip().substring(1);
        documents.add("{\"_id\":\"" + account.id() + "\"," + fields);
      }
    }
    Path file = Files.write(stage.folder().resolve("lists.json"), documents);
    Map<String, String> settings =
        Map.of("BENCH_MONGO_URI", stage.platform().mongoUri(), "BENCH_DOCUMENTS", file.toString());
    return Bare.start(stage, "list", settings);
  }

  private Caller ours(int number) throws Exception {
    List<Request> requests =
        accounts.stream().map(it -> Request.get("/v1/keys", it.token())).toList();
    return new Reads(stage.platform().queryPort(), requests, number);
  }

  private Caller bare(int number) throws Exception {
    List<Request> requests =
        accounts.stream().map(it -> Request.get("/lists/" + it.id(), "")).toList();
    return new Reads(barePort, requests, number);
  }
}
