package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewStore;
import dev.keyledger.query.views.ViewStoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.configuration.CodecRegistries;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One generation of the views in MongoDB: one document per account, found by {@code _id} only, so
 * that it shards by account. Writes are acknowledged by a majority, reads come from the primary.
 *
 * <p>The collections' names tell the version of the view's form, and the generation from the second
 * on. A new version starts with empty ones and reads the topic from its start; the old ones serve
 * nodes that still run, and can be dropped after them.
 */
public final class MongoViewStore implements ViewStore {
  static final String ACCOUNTS = "accounts_v2";
  static final String OFFSETS = "offsets_v2";
  static final String SET_ASIDE = "set_aside";

  private static final AccountViewCodec CODEC = new AccountViewCodec();
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final String topic;
  private final MongoCollection<AccountView> accounts;
  private final MongoCollection<RawBsonDocument> encoded;
  private final MongoCollection<BsonDocument> positions;
  private final MongoCollection<BsonDocument> offsets;
  private final MongoCollection<BsonDocument> setAside;

  /**
   * @param topic whose offsets these are
   */
  public MongoViewStore(MongoDatabase database, String topic, long generation) {
    this.topic = topic;
    MongoDatabase careful = Careful.with(database);
    String suffix = generation == 0 ? "" : "_g" + generation;
    accounts =
        careful
            .getCollection(ACCOUNTS + suffix, AccountView.class)
            .withCodecRegistry(
                CodecRegistries.fromRegistries(
                    CodecRegistries.fromCodecs(CODEC), careful.getCodecRegistry()));
    encoded = careful.getCollection(ACCOUNTS + suffix, RawBsonDocument.class);
    positions = careful.getCollection(ACCOUNTS + suffix, BsonDocument.class);
    offsets = careful.getCollection(OFFSETS + suffix, BsonDocument.class);
    setAside = careful.getCollection(SET_ASIDE, BsonDocument.class);
  }

  @Override
  public Mono<AccountView> find(String accountId) {
    return Mono.from(accounts.find(eq(AccountViewCodec.ID, accountId)).first())
        .switchIfEmpty(Mono.fromSupplier(() -> AccountView.unknown(accountId)))
        .onErrorMap(MongoException.class, ViewStoreException::new);
  }

  @Override
  public Mono<Map<String, AccountView>> findAll(Collection<String> accountIds) {
    return Flux.from(accounts.find(in(AccountViewCodec.ID, accountIds)))
        .collectMap(AccountView::accountId);
  }

  @Override
  public Flux<AccountView> all() {
    return Flux.from(accounts.find());
  }

  @Override
  public Mono<Map<String, Long>> positions(Collection<String> accountIds) {
    return Flux.from(
            positions
                .find(in(AccountViewCodec.ID, accountIds))
                .projection(Projections.include(AccountViewCodec.POSITION)))
        .collectMap(
            found -> found.getString(AccountViewCodec.ID).getValue(),
            found -> found.getInt64(AccountViewCodec.POSITION).getValue());
  }

  @Override
  public Mono<Boolean> save(Collection<Change> changes) {
    return Mono.defer(() -> write(changes))
        .onErrorResume(MongoViewStore::onlyDuplicates, _ -> Mono.just(false));
  }

  @Override
  public Mono<Void> setAside(Collection<SetAside> records) {
    return insertOrKeep(setAside, records.stream().map(SetAsideDocuments::of).toList());
  }

  @Override
  public Mono<Map<Integer, Progress>> progress() {
    return Flux.from(offsets.find())
        .filter(document -> ProgressDocuments.isOf(document, topic))
        .map(ProgressDocuments::progress)
        .collectMap(Progress::partition);
  }

  @Override
  public Mono<Void> advance(Collection<Progress> progress) {
    List<ReplaceOneModel<BsonDocument>> writes =
        progress.stream().map(step -> ProgressDocuments.forward(topic, step)).toList();
    return tolerant(offsets.bulkWrite(writes, UNORDERED)).then();
  }

  /**
   * Takes this generation away. Views first: a reader of the topic that finds no offsets starts
   * anew.
   */
  Mono<Void> drop() {
    return Mono.from(positions.drop()).then(Mono.from(offsets.drop()));
  }

  private Mono<Boolean> write(Collection<Change> changes) {
    List<WriteModel<RawBsonDocument>> writes =
        changes.stream().map(MongoViewStore::guarded).toList();
    return Mono.from(encoded.bulkWrite(writes, UNORDERED))
        .map(result -> result.getInsertedCount() + result.getMatchedCount() == writes.size());
  }

  /** Encoded here, in one go: the driver's own writers look at each field on its way. */
  private static WriteModel<RawBsonDocument> guarded(Change change) {
    AccountView before = change.before();
    RawBsonDocument after = new RawBsonDocument(change.after(), CODEC);
    return before.knownPosition() == 0
        ? new InsertOneModel<>(after)
        : new ReplaceOneModel<>(
            // Not by $and: there are stores that read all documents for that, and find one by its
            // id.
            new BsonDocument(AccountViewCodec.ID, new BsonString(before.accountId()))
                .append(AccountViewCodec.POSITION, new BsonInt64(before.position()))
                .append(AccountViewCodec.KNOWN_POSITION, new BsonInt64(before.knownPosition())),
            after);
  }

  private static Mono<Void> insertOrKeep(
      MongoCollection<BsonDocument> into, List<BsonDocument> documents) {
    return tolerant(into.bulkWrite(documents.stream().map(InsertOneModel::new).toList(), UNORDERED))
        .then();
  }

  private static Mono<BulkWriteResult> tolerant(
      org.reactivestreams.Publisher<BulkWriteResult> write) {
    return Mono.from(write).onErrorComplete(MongoViewStore::onlyDuplicates);
  }

  private static boolean onlyDuplicates(Throwable failure) {
    return failure instanceof MongoBulkWriteException bulk
        && bulk.getWriteConcernError() == null
        && bulk.getWriteErrors().stream()
            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
  }
}
