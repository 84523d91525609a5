package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.rebuild.RebuildStore;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.ViewGenerations;
import dev.keyledger.query.views.ViewStore;
import dev.keyledger.query.views.ViewStoreException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import reactor.core.publisher.Mono;

/**
 * The generations of the views in MongoDB. One document says which is which, and is changed only by
 * who has read what it says; without it, the first generation is served.
 */
public final class MongoGenerations implements ViewGenerations, RebuildStore {
  static final String GENERATIONS = "generations";

  /** A new form of the view counts its generations anew. */
  private static final String DOCUMENT = MongoViewStore.ACCOUNTS;

  private final MongoDatabase database;
  private final String topic;
  private final MongoCollection<BsonDocument> generations;
  private final Map<Long, MongoViewStore> stores = new ConcurrentHashMap<>();

  /**
   * @param topic whose events the views are made of
   */
  public MongoGenerations(MongoDatabase database, String topic) {
    this.database = database;
    this.topic = topic;
    generations = Careful.with(database).getCollection(GENERATIONS, BsonDocument.class);
  }

  @Override
  public Mono<Generations> now() {
    return find().map(Rebuild::generations);
  }

  @Override
  public ViewStore of(long generation) {
    return store(generation);
  }

  @Override
  public Mono<Rebuild> find() {
    return Mono.from(generations.find(eq(RebuildDocuments.ID, DOCUMENT)).first())
        .map(RebuildDocuments::rebuild)
        .defaultIfEmpty(Rebuild.NEVER)
        .onErrorMap(MongoException.class, ViewStoreException::new);
  }

  @Override
  public Mono<Boolean> replace(Rebuild before, Rebuild after) {
    BsonDocument document = RebuildDocuments.of(DOCUMENT, after);
    if (before.version() == Rebuild.NEVER.version()) {
      return Mono.from(generations.insertOne(document))
          .map(_ -> true)
          .onErrorResume(MongoGenerations::isDuplicate, _ -> Mono.just(false))
          .onErrorMap(MongoException.class, ViewStoreException::new);
    }
    return Mono.from(
            generations.replaceOne(
                and(
                    eq(RebuildDocuments.ID, DOCUMENT),
                    eq(RebuildDocuments.VERSION, before.version())),
                document))
        .map(result -> result.getMatchedCount() == 1)
        .onErrorMap(MongoException.class, ViewStoreException::new);
  }

  @Override
  public Mono<Void> drop(long generation) {
    return store(generation)
        .drop()
        .onErrorMap(MongoException.class, ViewStoreException::new)
        .doFinally(_ -> stores.remove(generation));
  }

  private MongoViewStore store(long generation) {
    return stores.computeIfAbsent(
        generation, number -> new MongoViewStore(database, topic, number));
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoWriteException write
        && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }
}
