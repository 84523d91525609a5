package dev.keyledger.bench;

import dev.keyledger.local.TokenRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Verifications of signed requests with the replay guard on, against a bare endpoint that checks
 * the signature only; and how soon a deleted key is refused.
 */
final class VerificationFigures {
  private static final String PATH = "/v1/verifications";
  private static final String BARE_PATH = "/verifications";
  private static final Map<String, Mark> MARKS =
      Map.of("hmac-sha256", Mark.HMAC, "ed25519", Mark.ED25519);
  private static final int KEYS = 16;

  /** Half of what was reached, as a second row. */
  private static final double LOAD = 0.5;

  private final Stage stage;
  private final String token;
  private final int barePort;
  private final Map<String, List<SigningKey>> keys = new LinkedHashMap<>();
  private final int stock;

  private VerificationFigures(Stage stage) throws Exception {
    this.stage = stage;
    token = stage.accounts().token(new TokenRequest("gateway", null, "keys:verify"));
    stock =
        Math.toIntExact(stage.options().round().plus(stage.options().warmUp()).toSeconds() * 90);
    System.err.printf("making %d keys%n", 2 * KEYS);
    for (String algorithm : List.of("hmac-sha256", "ed25519")) {
      keys.put(algorithm, makeKeys(algorithm));
    }
    barePort = startBare();
  }

  static void measure(Stage stage) throws Exception {
    VerificationFigures figures = new VerificationFigures(stage);
    for (String algorithm : figures.keys.keySet()) {
      figures.throughput(algorithm);
    }
    figures.deletes();
  }

  private void throughput(String algorithm) throws Exception {
    Options options = stage.options();
    List<Round> ours = new ArrayList<>();
    List<Round> bare = new ArrayList<>();
    List<Round> half = new ArrayList<>();
    List<SigningKey> asked = keys.getOrDefault(algorithm, List.of());
    var _ = run(options.firstWarmUp(), number -> ours(asked, number, 0));
    var _ = run(options.firstWarmUp(), number -> bare(asked, number, 0));
    for (int i = 0; i < options.rounds(); i++) {
      stage.say("verifications, " + algorithm, i);
      ours.add(run(options.round(), number -> ours(asked, number, stock)));
      bare.add(run(options.round(), number -> bare(asked, number, stock)));
      half.add(atHalfLoad(asked, ours.getLast().perSecond()));
    }
    Mark mark = MARKS.getOrDefault(algorithm, Mark.HMAC);
    stage
        .report()
        .add(
            "verifications, " + algorithm,
            Bench.CALLERS,
            Round.median(ours),
            Round.median(bare),
            mark);
    Round calm = Round.median(half);
    stage.report().add(Row.of("  at half load", "/s", calm.perSecond()));
    stage.report().add(Row.of("  at half load, p50", "ms", calm.p50()));
    stage.report().add(Row.of("  at half load, p99", "ms", calm.p99()));
  }

  /** Latency from the instant at which a question was due, so that none hides behind another. */
  private Round atHalfLoad(List<SigningKey> asked, double reached) throws Exception {
    Duration time = stage.options().round();
    Histogram nanos = new ConcurrentHistogram(Round.histogram());
    OpenLoop clock = new OpenLoop(reached * LOAD);
    long from = System.nanoTime() + stage.options().warmUp().toNanos();
    Round _ = run(time, number -> new Due(clock, ours(asked, number, 0), from, nanos));
    return Round.of(nanos, time);
  }

  private Round run(Duration time, Caller.Source source) throws Exception {
    return ClosedLoop.run(Bench.CALLERS, stage.options().warmUp(), time, source);
  }

  /** From the answer that says that a key is gone until the first question that is refused. */
  private void deletes() throws Exception {
    int samples = stage.options().quick() ? 5 : 40;
    Histogram nanos = Round.histogram();
    stage.say("deletes", 0);
    Account account = stage.accounts().create(1).getFirst();
    try (KeyMaker maker = new KeyMaker(stage.platform(), account);
        Connection query = new Connection(stage.platform().queryPort())) {
      for (int i = 0; i < samples; i++) {
        SigningKey key = maker.make("hmac-sha256");
        awaitAnswer(query, key, true);
        maker.delete(key);
        long began = System.nanoTime();
        awaitAnswer(query, key, false);
        nanos.recordValue(System.nanoTime() - began);
      }
    }
    Round refused = Round.of(nanos, Duration.ofSeconds(1));
    stage.report().add(Row.of("delete answered → first refusal", "samples", samples));
    stage.report().add(Row.of("  p50", "ms", refused.p50()));
    stage.report().add(Row.of("  p99", "ms", refused.p99()));
  }

  private void awaitAnswer(Connection query, SigningKey key, boolean valid) throws Exception {
    Answer answer;
    do {
      answer = query.exchange(Request.post(PATH, token, key.question())).expect(200);
    } while (Questions.isValid(answer.body()) != valid);
  }

  private List<SigningKey> makeKeys(String algorithm) throws Exception {
    List<SigningKey> made = new ArrayList<>();
    Account account = stage.accounts().create(1).getFirst();
    try (KeyMaker maker = new KeyMaker(stage.platform(), account);
        Connection query = new Connection(stage.platform().queryPort())) {
      for (int i = 0; i < KEYS; i++) {
        made.add(maker.make(algorithm));
      }
      for (SigningKey key : made) {
        awaitAnswer(query, key, true);
      }
    }
    return made;
  }

  private int startBare() throws Exception {
    List<String> lines =
        keys.values().stream().flatMap(List::stream).map(SigningKey::line).toList();
    Path file = Files.write(stage.folder().resolve("keys.txt"), lines);
    return Bare.start(stage, "verify", Map.of("BENCH_KEYS", file.toString()));
  }

  private Caller ours(List<SigningKey> asked, int number, int signed) throws Exception {
    return new Questions(stage.platform().queryPort(), PATH, token, asked, number, signed);
  }

  private Caller bare(List<SigningKey> asked, int number, int signed) throws Exception {
    return new Questions(barePort, BARE_PATH, "", asked, number, signed);
  }

  /** A caller who calls when it is due. */
  private record Due(OpenLoop clock, Caller caller, long from, Histogram nanos) implements Caller {
    @Override
    public void call() throws Exception {
      long due = clock.dueAt(clock.awaitNext());
      caller.call();
      if (due >= from) {
        nanos.recordValue(System.nanoTime() - due);
      }
    }

    @Override
    public void close() throws Exception {
      caller.close();
    }
  }
}
