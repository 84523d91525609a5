package dev.keyledger.query.store;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether MongoDB answers. It says no more, since everybody may ask. */
final class ViewsHealthIndicator implements ReactiveHealthIndicator {
  private static final BsonDocument PING = new BsonDocument("ping", new BsonInt32(1));

  private final MongoDatabase database;

  ViewsHealthIndicator(MongoDatabase database) {
    this.database = database;
  }

  @Override
  public Mono<Health> health() {
    return Mono.from(database.runCommand(PING))
        .map(_ -> Health.up().build())
        .onErrorReturn(Health.down().build());
  }
}
