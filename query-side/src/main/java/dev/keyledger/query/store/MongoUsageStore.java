package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.verification.LastUse;
import dev.keyledger.query.verification.UsageStore;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Last uses in MongoDB, one document per account. A use is one text that starts with its time, to
 * the nanosecond and always as long, so that the greatest is the latest, and nodes that write at
 * once need not know of each other.
 */
public final class MongoUsageStore implements UsageStore {
  static final String USAGE = "usage";
  private static final String ID = "_id";
  private static final String KEYS = "keys";
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  private final MongoCollection<BsonDocument> usage;

  public MongoUsageStore(MongoDatabase database) {
    usage = Careful.with(database).getCollection(USAGE, BsonDocument.class);
  }

  @Override
  public Mono<Void> save(Collection<Entry> entries) {
    List<UpdateOneModel<BsonDocument>> writes =
        entries.stream()
            .map(entry ->
                new UpdateOneModel<BsonDocument>(
                    eq(ID, entry.accountId()),
                    Updates.max(KEYS + "." + entry.publicApiKey(), text(entry.use())),
                    UPSERT))
            .toList();
    return Mono.from(usage.bulkWrite(writes, UNORDERED)).then();
  }

  @Override
  public Mono<Void> forget(Collection<KeyName> keys) {
    List<UpdateOneModel<BsonDocument>> writes =
        keys.stream()
            .map(key ->
                new UpdateOneModel<BsonDocument>(
                    eq(ID, key.accountId()), Updates.unset(KEYS + "." + key.publicApiKey())))
            .toList();
    return Mono.from(usage.bulkWrite(writes, UNORDERED)).then();
  }

  @Override
  public Flux<KeyName> all() {
    return Flux.from(usage.find())
        .flatMapIterable(document -> {
          String accountId = document.getString(ID).getValue();
          return document.getDocument(KEYS, new BsonDocument()).keySet().stream()
              .map(key -> new KeyName(accountId, key))
              .toList();
        });
  }

  @Override
  public Mono<Map<String, LastUse>> find(String accountId) {
    return Mono.from(usage.find(eq(ID, accountId)).first())
        .map(MongoUsageStore::uses)
        .defaultIfEmpty(Map.of())
        .onErrorMap(MongoException.class, ViewStoreException::new);
  }

  private static Map<String, LastUse> uses(BsonDocument document) {
    Map<String, LastUse> uses = new HashMap<>();
    document
        .getDocument(KEYS, new BsonDocument())
        .forEach((key, text) -> uses.put(key, use(text.asString())));
    return uses;
  }

  private static String text(LastUse use) {
    return TIME.format(use.at()) + " " + use.ip();
  }

  private static LastUse use(BsonString text) {
    String[] parts = text.getValue().split(" ", 2);
    return new LastUse(Instant.parse(parts[0]), parts[1]);
  }
}
