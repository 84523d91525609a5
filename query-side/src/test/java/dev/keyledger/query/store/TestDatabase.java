package dev.keyledger.query.store;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.testkit.TestPlatform;
import java.util.Objects;

/** A database of its own for each test. */
final class TestDatabase implements AutoCloseable {
  private final ConnectionString uri =
      new ConnectionString(TestPlatform.get().freshMongoDatabase());
  private final MongoClient client = MongoClients.create(uri);

  MongoDatabase database() {
    return client.getDatabase(Objects.requireNonNull(uri.getDatabase()));
  }

  @Override
  public void close() {
    client.close();
  }
}
