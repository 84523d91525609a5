package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.verification.Nodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The nodes that share a database: each one counts up in a document of its own. Who counted on
 * since the last look is alive, whatever the clocks say; the document of a node that was killed
 * stands still. To be asked by one caller at a time.
 */
public final class MongoNodes implements Nodes {
  static final String NODES = "nodes";
  private static final Duration KEPT = Duration.ofDays(1);
  private static final String ID = "_id";
  private static final String BEATS = "beats";
  private static final String SEEN_AT = "seenAt";

  private final MongoCollection<BsonDocument> nodes;
  private final InstantSource clock;
  private final String me = UUID.randomUUID().toString();
  private @Nullable Map<String, Long> before;

  public MongoNodes(MongoDatabase database, InstantSource clock) {
    this.nodes = Careful.with(database).getCollection(NODES, BsonDocument.class);
    this.clock = clock;
  }

  @Override
  public Mono<Integer> others() {
    BsonDateTime now = new BsonDateTime(clock.millis());
    return (before == null ? tidy() : Mono.<Void>empty())
        .then(
            Mono.from(
                nodes.updateOne(
                    eq(ID, me),
                    Updates.combine(Updates.inc(BEATS, 1L), Updates.set(SEEN_AT, now)),
                    new UpdateOptions().upsert(true))))
        .thenMany(Flux.from(nodes.find()))
        .collectMap(
            node -> node.getString(ID).getValue(), node -> node.getNumber(BEATS).longValue())
        .map(this::alive);
  }

  @Override
  public Mono<Void> leave() {
    return Mono.from(nodes.deleteOne(eq(ID, me))).then();
  }

  /** Clears away what nodes left that were killed. */
  private Mono<Void> tidy() {
    BsonDateTime longAgo = new BsonDateTime(clock.instant().minus(KEPT).toEpochMilli());
    return Mono.from(nodes.deleteMany(lt(SEEN_AT, longAgo))).then();
  }

  private int alive(Map<String, Long> now) {
    Map<String, Long> last = before;
    before = now;
    return last == null
        ? 0
        : (int)
            now.entrySet().stream()
                .filter(node -> !node.getKey().equals(me))
                .filter(node -> !node.getValue().equals(last.get(node.getKey())))
                .count();
  }
}
