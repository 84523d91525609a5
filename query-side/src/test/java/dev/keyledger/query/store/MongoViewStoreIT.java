package dev.keyledger.query.store;

import com.mongodb.ConnectionString;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.keyledger.query.views.ViewStore;
import dev.keyledger.query.views.ViewStoreContract;
import dev.keyledger.testkit.TestPlatform;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

/** MongoDB keeps the store's contract. */
class MongoViewStoreIT extends ViewStoreContract {
  private final ConnectionString uri =
      new ConnectionString(TestPlatform.get().freshMongoDatabase());
  private final MongoClient client = MongoClients.create(uri);
  private final MongoDatabase database =
      client.getDatabase(Objects.requireNonNull(uri.getDatabase()));
  private final ViewStore store = new MongoViewStore(database, "t", 0);

  @Override
  protected ViewStore store() {
    return store;
  }

  @Override
  protected long setAside(String topic, int partition, long offset) {
    return Objects.requireNonNull(
        Mono.from(
                database
                    .getCollection(MongoViewStore.SET_ASIDE)
                    .countDocuments(
                        Filters.and(
                            Filters.eq("topic", topic),
                            Filters.eq("partition", partition),
                            Filters.eq("offset", offset))))
            .block());
  }

  @AfterEach
  void close() {
    client.close();
  }
}
