package dev.keyledger.query.store;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/** Whether MongoDB answers, without a look at what else it holds. */
final class ViewsHealthIndicator extends AbstractReactiveHealthIndicator {
  private static final BsonDocument PING = new BsonDocument("ping", new BsonInt32(1));

  private final MongoDatabase database;

  ViewsHealthIndicator(MongoDatabase database) {
    super("MongoDB does not answer");
    this.database = database;
  }

  @Override
  protected Mono<Health> doHealthCheck(Health.Builder builder) {
    return Mono.from(database.runCommand(PING)).map(_ -> builder.up().build());
  }
}
