package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.audit.Alarm;
import dev.keyledger.query.audit.EventQuery;
import dev.keyledger.query.audit.FullTile;
import dev.keyledger.query.audit.LogStore;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.audit.Offset;
import dev.keyledger.query.audit.SignedCheckpoint;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.tlog.Hash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The log in MongoDB: one document per event, found by its index, and one per full tile. What lies
 * side by side is asked for by its {@code _id}s, since the log has no gaps.
 */
public final class MongoLogStore implements LogStore {
  static final String EVENTS = "log_events";
  static final String TILES = "log_tiles";
  static final String CHECKPOINTS = "log_checkpoints";
  static final String OFFSETS = "log_offsets";
  static final String STATE = "log_state";
  static final String ALARMS = "log_alarms";

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  /** Documents that lie in memory at once while all of them are read. */
  private static final int BATCH = 500;

  private static final String ID = "_id";
  private static final String TREE = "tree";
  private static final String CHECKPOINT = "checkpoint";
  private static final String SIZE = "size";
  private static final String NOTE = "note";

  private final MongoCollection<BsonDocument> events;
  private final MongoCollection<BsonDocument> tiles;
  private final MongoCollection<BsonDocument> checkpoints;
  private final MongoCollection<BsonDocument> offsets;
  private final MongoCollection<BsonDocument> state;
  private final MongoCollection<BsonDocument> alarms;

  public MongoLogStore(MongoDatabase database) {
    MongoDatabase careful = Careful.with(database);
    events = careful.getCollection(EVENTS, BsonDocument.class);
    tiles = careful.getCollection(TILES, BsonDocument.class);
    checkpoints = careful.getCollection(CHECKPOINTS, BsonDocument.class);
    offsets = careful.getCollection(OFFSETS, BsonDocument.class);
    state = careful.getCollection(STATE, BsonDocument.class);
    alarms = careful.getCollection(ALARMS, BsonDocument.class);
  }

  @Override
  public Mono<Void> prepare() {
    return Flux.concat(
            events.createIndex(
                Indexes.ascending(LogDocuments.ACCOUNT, LogDocuments.POSITION),
                new IndexOptions().unique(true)),
            events.createIndex(Indexes.ascending(LogDocuments.ACCOUNT, ID)),
            events.createIndex(Indexes.ascending(LogDocuments.KEYS, ID)),
            events.createIndex(Indexes.ascending(LogDocuments.TYPE, ID)),
            events.createIndex(Indexes.ascending(LogDocuments.TIME)))
        .then();
  }

  @Override
  public Mono<List<Long>> append(Collection<LoggedEvent> batch) {
    List<LoggedEvent> all = List.copyOf(batch);
    return Mono.from(
            events.bulkWrite(
                all.stream().map(LogDocuments::of).map(InsertOneModel::new).toList(), UNORDERED))
        .map(_ -> List.<Long>of())
        .onErrorResume(
            MongoLogStore::onlyDuplicates,
            failure -> different(rejected((MongoBulkWriteException) failure, all)));
  }

  @Override
  public Mono<List<Hash>> leaves(long from, int atMost) {
    return withoutGap(
            read(
                events
                    .find(in(ID, indexes(from, atMost)))
                    .projection(Projections.include(LogDocuments.LEAF))
                    .sort(ascending(ID))),
            from)
        .map(LogDocuments::leaf)
        .collectList();
  }

  @Override
  public Flux<LoggedEvent> events(long from, int atMost) {
    return withoutGap(read(events.find(in(ID, indexes(from, atMost))).sort(ascending(ID))), from)
        .map(LogDocuments::event);
  }

  @Override
  public Mono<Set<String>> accounts(long from, int count) {
    return read(events
            .find(in(ID, indexes(from, count)))
            .projection(Projections.include(LogDocuments.ACCOUNT)))
        .map(found -> found.getString(LogDocuments.ACCOUNT).getValue())
        .collect(Collectors.toSet());
  }

  @Override
  public Flux<LoggedEvent> find(EventQuery query) {
    return read(events.find(LogDocuments.filter(query)).sort(ascending(ID)).limit(query.limit()))
        .map(LogDocuments::event);
  }

  @Override
  public Flux<LoggedEvent> byAccount(long below) {
    return read(events
            .find(lt(ID, below))
            .sort(ascending(LogDocuments.ACCOUNT, LogDocuments.POSITION))
            .batchSize(BATCH))
        .map(LogDocuments::event);
  }

  @Override
  public Mono<LoggedEvent> find(String account, long position) {
    return read(events
            .find(
                new BsonDocument(LogDocuments.ACCOUNT, new BsonString(account))
                    .append(LogDocuments.POSITION, new BsonInt64(position)))
            .limit(1))
        .next()
        .map(LogDocuments::event);
  }

  @Override
  public Mono<FullTile> tile(int level, long index) {
    return read(tiles.find(eq(ID, TileDocuments.id(level, index)))).next().map(TileDocuments::tile);
  }

  @Override
  public Mono<List<Hash>> roots(int level, long from, int atMost) {
    return read(tiles
            .find(
                in(
                    ID,
                    LongStream.range(from, from + atMost)
                        .mapToObj(index -> TileDocuments.id(level, index))
                        .toList()))
            .projection(Projections.include(TileDocuments.INDEX, TileDocuments.ROOT)))
        .collectMap(TileDocuments::index, TileDocuments::root)
        .map(roots -> prefix(roots, from));
  }

  @Override
  public Mono<Void> save(Collection<FullTile> full) {
    return Mono.from(
            tiles.bulkWrite(
                full.stream().map(TileDocuments::of).map(InsertOneModel::new).toList(), UNORDERED))
        .onErrorComplete(MongoLogStore::onlyDuplicates)
        .then();
  }

  @Override
  public Mono<Long> size() {
    return read(state.find(eq(ID, TREE)))
        .next()
        .map(tree -> tree.getInt64(SIZE).getValue())
        .defaultIfEmpty(0L);
  }

  @Override
  public Mono<Boolean> grow(long from, long to) {
    return from == 0
        ? Mono.from(state.insertOne(sized(TREE, to)))
            .map(_ -> true)
            .onErrorResume(MongoLogStore::isDuplicate, _ -> Mono.just(false))
        : Mono.from(state.updateOne(and(eq(ID, TREE), eq(SIZE, from)), Updates.set(SIZE, to)))
            .map(result -> result.getMatchedCount() == 1);
  }

  @Override
  public Mono<Void> save(SignedCheckpoint checkpoint) {
    BsonString note = new BsonString(checkpoint.note());
    return Mono.from(
            checkpoints.insertOne(
                new BsonDocument(ID, new BsonInt64(checkpoint.size())).append(NOTE, note)))
        .onErrorComplete(MongoLogStore::isDuplicate)
        .then(
            // Where the store is further on, nothing is found and the insert fails on the _id.
            Mono.from(
                    state.replaceOne(
                        and(eq(ID, CHECKPOINT), lt(SIZE, checkpoint.size())),
                        sized(CHECKPOINT, checkpoint.size()).append(NOTE, note),
                        UPSERT))
                .onErrorComplete(MongoLogStore::isDuplicate))
        .then();
  }

  @Override
  public Mono<SignedCheckpoint> checkpoint() {
    return read(state.find(eq(ID, CHECKPOINT)))
        .next()
        .map(found ->
            new SignedCheckpoint(
                found.getInt64(SIZE).getValue(), found.getString(NOTE).getValue()));
  }

  @Override
  public Mono<List<Offset>> offsets() {
    return read(offsets.find())
        .map(document -> {
          Progress progress = ProgressDocuments.progress(document);
          return new Offset(
              ProgressDocuments.topic(document), progress.partition(), progress.nextOffset());
        })
        .collectList();
  }

  @Override
  public Mono<Void> advance(Collection<Offset> steps) {
    return Mono.from(
            offsets.bulkWrite(
                steps.stream()
                    .map(step ->
                        ProgressDocuments.forward(
                            step.topic(), new Progress(step.partition(), step.next(), null)))
                    .toList(),
                UNORDERED))
        .onErrorComplete(MongoLogStore::onlyDuplicates)
        .then();
  }

  @Override
  public Mono<Void> raise(Alarm alarm) {
    return Mono.from(
            alarms.insertOne(
                new BsonDocument(ID, new BsonString(alarm.id()))
                    .append("text", new BsonString(alarm.text()))
                    .append("at", new BsonString(alarm.at().toString()))))
        .onErrorComplete(MongoLogStore::isDuplicate)
        .then();
  }

  @Override
  public Mono<Long> alarms() {
    return Mono.from(alarms.countDocuments());
  }

  /** Those that are not what the store has at their index. */
  private Mono<List<Long>> different(List<LoggedEvent> repeated) {
    return read(events
            .find(in(ID, repeated.stream().map(LoggedEvent::index).toList()))
            .projection(Projections.include(LogDocuments.LEAF)))
        .collectMap(LogDocuments::index, LogDocuments::leaf)
        .map(there ->
            repeated.stream()
                .filter(
                    event -> !Objects.equals(event.entry().leafHash(), there.get(event.index())))
                .map(LoggedEvent::index)
                .toList());
  }

  private static List<LoggedEvent> rejected(
      MongoBulkWriteException failure, List<LoggedEvent> batch) {
    return failure.getWriteErrors().stream().map(error -> batch.get(error.getIndex())).toList();
  }

  private static Flux<BsonDocument> read(org.reactivestreams.Publisher<BsonDocument> found) {
    return Flux.from(found).onErrorMap(MongoException.class, ViewStoreException::new);
  }

  private static Flux<BsonDocument> withoutGap(Flux<BsonDocument> sorted, long from) {
    return sorted
        .index()
        .takeWhile(next -> LogDocuments.index(next.getT2()) == from + next.getT1())
        .map(next -> next.getT2());
  }

  private static List<Hash> prefix(Map<Long, Hash> roots, long from) {
    List<Hash> prefix = new ArrayList<>();
    for (Hash root = roots.get(from); root != null; root = roots.get(from + prefix.size())) {
      prefix.add(root);
    }
    return prefix;
  }

  private static List<BsonValue> indexes(long from, int count) {
    return LongStream.range(from, from + count).<BsonValue>mapToObj(BsonInt64::new).toList();
  }

  private static BsonDocument sized(String id, long size) {
    return new BsonDocument(ID, new BsonString(id)).append(SIZE, new BsonInt64(size));
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoWriteException write
        && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  private static boolean onlyDuplicates(Throwable failure) {
    return failure instanceof MongoBulkWriteException bulk
        && bulk.getWriteConcernError() == null
        && bulk.getWriteErrors().stream()
            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
  }
}
