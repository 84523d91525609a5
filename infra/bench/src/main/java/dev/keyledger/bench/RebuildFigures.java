package dev.keyledger.bench;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.WriteConcern;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.bench.Ledger.SampleEvent;
import dev.keyledger.local.TokenRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** How fast views are rebuilt, against raw bulk upserts of the very same documents. */
final class RebuildFigures {
  private static final int ACCOUNTS = 20_000;
  private static final int ACCOUNTS_QUICKLY = 2_000;
  private static final int EVENTS_PER_ACCOUNT = 5;
  private static final String PATH = "/actuator/rebuild";
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** Half of this is in the figure, on average. */
  private static final Duration POLL = Duration.ofMillis(50);

  /** As many as a rebuild writes at once. */
  private static final int BATCH = 2_000;

  private static final String DATABASE = "keyledger";
  private static final String VIEWS = "accounts_v2";

  /**
   * Tells how a rebuild is, one document for {@link #VIEWS}. It is looked at where it is kept: to
   * be asked would take the service 3 ms of processor time, which it is to rebuild with.
   */
  private static final String GENERATIONS = "generations";

  /** The stand-in for MongoDB indexes only what has a name like those of the views. */
  private static final String RAW = "accounts_raw";

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final Stage stage;
  private final MongoDatabase database;
  private final String token;
  private final int accounts;

  private RebuildFigures(Stage stage, MongoDatabase database) {
    this.stage = stage;
    this.database = database;
    token = stage.accounts().token(new TokenRequest("operator", null, "ops:rebuild"));
    accounts = stage.options().quick() ? ACCOUNTS_QUICKLY : ACCOUNTS;
  }

  static void measure(Stage stage) throws Exception {
    try (MongoClient client = MongoClients.create(stage.platform().mongoUri())) {
      new RebuildFigures(stage, client.getDatabase(DATABASE)).measure();
    }
  }

  private void measure() throws Exception {
    System.err.printf("making %,d accounts of %d events%n", accounts, EVENTS_PER_ACCOUNT);
    makeAccounts();
    List<RawBsonDocument> views = views();
    List<Double> rebuilt = new ArrayList<>();
    List<Double> upserted = new ArrayList<>();
    for (int i = 0; i <= stage.options().rounds(); i++) {
      System.err.printf("rebuilding, round %d%s%n", i, i == 0 ? ", to warm up" : "");
      stage.platform().collectGarbage();
      double upserts = views.size() / upsert(views);
      stage.platform().collectGarbage();
      double rebuild = views.size() / rebuild();
      if (i > 0) {
        upserted.add(upserts);
        rebuilt.add(rebuild);
      }
    }
    double perSecond = Round.median(rebuilt, it -> it);
    stage
        .report()
        .add(
            Row.of("views rebuilt", "/s", perSecond)
                .against(Round.median(upserted, it -> it))
                .mark(Mark.REBUILD));
    stage.report().add(Row.of("  events read for them", "/s", perSecond * EVENTS_PER_ACCOUNT));
    stage
        .report()
        .note(
            ("A rebuild, from the request until the new views hold everything: %,d accounts of %d"
                    + " events each, which lie mixed on the topic, into %,d views of %,d bytes on"
                    + " average. Its limit: upserts of those documents as they are, %,d in a batch,"
                    + " one batch after the other, acknowledged by a majority as the rebuild's. All"
                    + " heaps are collected before either, since each rebuild leaves a second set of"
                    + " all keys behind.")
                .formatted(
                    accounts,
                    EVENTS_PER_ACCOUNT,
                    views.size(),
                    views.stream().mapToLong(it -> it.getByteBuffer().remaining()).sum()
                        / views.size(),
                    BATCH));
  }

  /** Their events in any order but each account's own, as on a topic of years. */
  private void makeAccounts() throws Exception {
    List<Account> made = stage.accounts().create(accounts);
    Random random = new Random(20261126);
    List<SampleAccount> turns = new ArrayList<>();
    for (Account account : made) {
      account.position().set(EVENTS_PER_ACCOUNT);
      turns.addAll(
          Collections.nCopies(EVENTS_PER_ACCOUNT, new SampleAccount(account.id(), random)));
    }
    Collections.shuffle(turns, random);
    Instant now = Instant.now();
    stage.ledger().append(turns.stream().map(it -> new SampleEvent(it.next(now), it.position())));
    Settling.await(stage, made);
  }

  /** The views as the projection made them. */
  private List<RawBsonDocument> views() throws IOException {
    List<RawBsonDocument> views =
        Objects.requireNonNull(
            Flux.from(database.getCollection(VIEWS, RawBsonDocument.class).find())
                .collectList()
                .block());
    if (views.size() != accounts) {
      throw new IOException("%,d accounts have %,d views".formatted(accounts, views.size()));
    }
    return views;
  }

  /** Seconds. */
  private double upsert(List<RawBsonDocument> views) {
    MongoCollection<RawBsonDocument> raw =
        database.withWriteConcern(WriteConcern.MAJORITY).getCollection(RAW, RawBsonDocument.class);
    long began = System.nanoTime();
    for (int from = 0; from < views.size(); from += BATCH) {
      Stream<RawBsonDocument> batch =
          views.subList(from, Math.min(from + BATCH, views.size())).stream();
      List<? extends WriteModel<RawBsonDocument>> writes =
          batch.map(it -> new ReplaceOneModel<>(eq(it.get("_id")), it, UPSERT)).toList();
      var _ = Mono.from(raw.bulkWrite(writes, UNORDERED)).block();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Mono.from(raw.drop()).block();
    return seconds;
  }

  /** Seconds until the new views hold everything; returns when they are served. */
  private double rebuild() throws Exception {
    try (Connection query = new Connection(stage.platform().queryPort())) {
      long began = System.nanoTime();
      JsonNode begun = query.exchange(Request.post(PATH, token, "")).expect(202).json();
      long generation = begun.get("generation").longValue();
      awaitStage(began, word -> !word.equals("building"));
      double seconds = (System.nanoTime() - began) / 1e9;
      awaitStage(began, word -> word.equals("serving"));
      String made = VIEWS + "_g" + generation;
      long views =
          Objects.requireNonNull(Mono.from(database.getCollection(made).countDocuments()).block());
      if (views != accounts) {
        throw new IOException("%,d accounts have %,d new views".formatted(accounts, views));
      }
      return seconds;
    }
  }

  private void awaitStage(long began, Predicate<String> awaited) throws Exception {
    while (true) {
      Document found =
          Mono.from(database.getCollection(GENERATIONS).find(eq("_id", VIEWS)).first()).block();
      if (found == null) {
        throw new IOException("There is no record of a rebuild in " + GENERATIONS);
      }
      String word = found.getString("stage");
      if (awaited.test(word)) {
        return;
      }
      String stoppedBy = found.getString("stoppedBy");
      if (stoppedBy != null || System.nanoTime() - began > LONGEST.toNanos()) {
        throw new IOException("The rebuild is %s for too long: %s".formatted(word, found));
      }
      Thread.sleep(POLL);
    }
  }
}
