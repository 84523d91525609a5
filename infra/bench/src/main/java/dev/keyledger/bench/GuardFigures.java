package dev.keyledger.bench;

import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.store.MongoReplayGuard;
import dev.keyledger.query.verification.ReplayGuard.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/**
 * The replay guard that nodes share, against raw single inserts into the same MongoDB: at most
 * times, and in the 70 of 600 seconds in which a second collection is looked into.
 */
final class GuardFigures {
  private static final String DATABASE = "keyledger_bench";
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final Duration LIFETIME = Duration.ofSeconds(35);

  /** As many as in the guard's. */
  private static final int ID_BYTES = 16;

  private GuardFigures() {}

  static void measure(Stage stage) throws Exception {
    Options options = stage.options();
    try (MongoClient client = MongoClients.create(stage.platform().mongoUri())) {
      MongoDatabase database = client.getDatabase(DATABASE);
      InstantSource clock = InstantSource.system();
      MongoReplayGuard guard = new MongoReplayGuard(database, clock, WINDOW, LIFETIME);
      MongoCollection<BsonDocument> raw =
          database.withWriteConcern(WriteConcern.MAJORITY).getCollection("raw", BsonDocument.class);
      List<Round> guarded = new ArrayList<>();
      List<Round> crossing = new ArrayList<>();
      List<Round> inserts = new ArrayList<>();
      // The driver and the store are warm before the first of the two is measured with them, and
      // a store in memory never holds more than two rounds.
      Duration before = options.firstWarmUp().dividedBy(3);
      ClosedLoop.run(Bench.CALLERS, Duration.ZERO, before, _ -> insert(raw));
      for (int i = 0; i < options.rounds(); i++) {
        stage.say("shared replay guard", i);
        Duration warmUp = options.warmUp();
        Mono.from(database.drop()).block();
        Instant boundary = boundary();
        Instant between = boundary.plus(MongoReplayGuard.SPAN.dividedBy(2));
        guarded.add(
            ClosedLoop.run(
                Bench.CALLERS, warmUp, options.round(), number -> use(guard, number, between)));
        Mono.from(database.drop()).block();
        // The collection that is looked into holds as much as a round puts there.
        Instant earlier = boundary.minus(MongoReplayGuard.SPAN.dividedBy(2));
        var _ =
            ClosedLoop.run(
                Bench.CALLERS, warmUp, options.round(), number -> use(guard, number, earlier));
        crossing.add(
            ClosedLoop.run(
                Bench.CALLERS, warmUp, options.round(), number -> use(guard, number, boundary)));
        Mono.from(database.drop()).block();
        inserts.add(ClosedLoop.run(Bench.CALLERS, warmUp, options.round(), _ -> insert(raw)));
      }
      Round limit = Round.median(inserts);
      add(stage, "nonces of a shared guard", guarded, limit);
      add(stage, "nonces at a boundary of collections", crossing, limit);
      Mono.from(database.drop()).block();
    }
  }

  private static void add(Stage stage, String name, List<Round> rounds, Round limit) {
    stage.report().add(name, Bench.CALLERS, Round.median(rounds), limit, Mark.SHARED_GUARD);
  }

  /** The beginning of a collection's time: signatures of about then may lie in two of them. */
  private static Instant boundary() {
    long span = MongoReplayGuard.SPAN.toSeconds();
    return Instant.ofEpochSecond(Instant.now().getEpochSecond() / span * span);
  }

  private static Caller use(MongoReplayGuard guard, int number, Instant created) {
    KeyId key = new KeyId(number, number);
    return () -> {
      Use use = guard.use(key, UUID.randomUUID().toString(), created).block();
      if (use != Use.FRESH) {
        throw new IllegalStateException("A fresh nonce was " + use);
      }
    };
  }

  private static Caller insert(MongoCollection<BsonDocument> raw) {
    Random random = new Random(); // each round inserts other ids
    return () -> {
      byte[] id = new byte[ID_BYTES];
      random.nextBytes(id);
      BsonDocument document =
          new BsonDocument("_id", new BsonBinary(id))
              .append("until", new BsonDateTime(System.currentTimeMillis()));
      var _ = Mono.from(raw.insertOne(document)).block();
    };
  }
}
