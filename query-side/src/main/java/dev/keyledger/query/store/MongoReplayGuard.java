package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.verification.NonceId;
import dev.keyledger.query.verification.ReplayGuard;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Remembers nonces in MongoDB, for all nodes: of two that insert the same one, one comes second,
 * whatever node asks. Nonces lie in one collection for each {@link #SPAN} of signing times, and
 * collections that no signature can need any more are dropped whole.
 *
 * <p>A nonce that was signed at two times may lie in two collections. Each request inserts first
 * and looks into the neighbours after, so that of two that cross at least one sees the other. That
 * look goes with those of other requests: by itself it would cost as much as the insert.
 *
 * <p>Nonces are asked for by {@code _id} alone and judged here: not every store finds a document by
 * its {@code _id} where more is asked for beside it, and one that reads a whole collection instead
 * would be brought down by replays.
 */
public final class MongoReplayGuard implements ReplayGuard {
  static final String PREFIX = "nonces_";

  /** The signing times whose nonces lie in one collection; the first begins with the epoch. */
  public static final Duration SPAN = Duration.ofMinutes(10);

  /** How far nodes' clocks may be apart, and a signature's age may be behind the round trip. */
  static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  private static final String ID = "_id";
  private static final String UNTIL = "until";

  private final MongoDatabase database;
  private final InstantSource clock;
  private final Duration window;
  private final Duration lifetime;
  private final JoinedLooks<Place, BsonDocument> looks = new JoinedLooks<>(this::look);

  /**
   * @param database writes are acknowledged by a majority, reads come from the primary
   * @param window how long after its creation a signature is accepted
   * @param lifetime from the earliest to the latest moment at which it could be
   */
  public MongoReplayGuard(
      MongoDatabase database, InstantSource clock, Duration window, Duration lifetime) {
    this.database = Careful.with(database);
    this.clock = clock;
    this.window = window;
    this.lifetime = lifetime;
  }

  @Override
  public Mono<Use> use(KeyId key, String nonce, Instant created) {
    BsonBinary id = new BsonBinary(NonceId.of(key, nonce).bytes());
    long own = span(created);
    BsonDateTime until = new BsonDateTime(created.plus(window).plus(CLOCKS_APART).toEpochMilli());
    return Mono.from(collection(own).insertOne(new BsonDocument(ID, id).append(UNTIL, until)))
        .map(_ -> Use.FRESH)
        .onErrorResume(MongoReplayGuard::isDuplicate, _ -> again(own, id, until))
        .flatMap(use -> use == Use.FRESH ? neighbours(own, id, created) : Mono.just(use))
        .onErrorMap(MongoException.class, ViewStoreException::new);
  }

  @Override
  public Mono<Void> sweep() {
    long oldest = span(clock.instant().minus(lifetime).minus(CLOCKS_APART));
    return Flux.from(database.listCollectionNames())
        .filter(name -> name.matches(PREFIX + "[0-9]+"))
        .filter(name -> Long.parseLong(name.substring(PREFIX.length())) < oldest)
        .concatMap(name -> database.getCollection(name).drop())
        .then();
  }

  /**
   * A nonce may come again once no signature with its first use could be accepted any more, by
   * whatever node and however long ago that node looked at the signature's age. Of several that
   * come again at once, one finds the use that all of them saw.
   */
  private Mono<Use> again(long span, BsonBinary id, BsonDateTime until) {
    return find(span, id)
        .filter(use -> !isRemembered(use))
        .flatMap(use -> Mono.from(collection(span).updateOne(use, Updates.set(UNTIL, until))))
        .map(result -> result.getMatchedCount() == 1 ? Use.FRESH : Use.REUSED)
        .defaultIfEmpty(Use.REUSED);
  }

  private Mono<Use> neighbours(long own, BsonBinary id, Instant created) {
    long first = span(created.minus(lifetime));
    long last = span(created.plus(lifetime));
    if (first == own && last == own) {
      return Mono.just(Use.FRESH);
    }
    return Flux.fromStream(() -> LongStream.rangeClosed(first, last).boxed())
        .filter(span -> span != own)
        .concatMap(span -> looks.find(new Place(span, id)))
        .filter(this::isRemembered)
        .hasElements()
        .map(seen -> seen ? Use.REUSED : Use.FRESH);
  }

  private Mono<BsonDocument> find(long span, BsonBinary id) {
    return Mono.from(collection(span).find(eq(ID, id)).first());
  }

  private Mono<Map<Place, BsonDocument>> look(Collection<Place> places) {
    Map<Long, List<BsonBinary>> bySpan =
        places.stream().collect(groupingBy(Place::span, mapping(Place::id, toList())));
    return Flux.fromIterable(bySpan.entrySet())
        .flatMap(ids ->
            Flux.from(collection(ids.getKey()).find(in(ID, ids.getValue())))
                .map(use -> Map.entry(new Place(ids.getKey(), use.getBinary(ID)), use)))
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  private boolean isRemembered(BsonDocument use) {
    return use.getDateTime(UNTIL).getValue() >= clock.millis();
  }

  private MongoCollection<BsonDocument> collection(long span) {
    return database.getCollection(PREFIX + span, BsonDocument.class);
  }

  private static long span(Instant at) {
    return Math.max(0, at.getEpochSecond() / SPAN.toSeconds());
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoWriteException write
        && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  private record Place(long span, BsonBinary id) {}
}
