package dev.keyledger.query.store;

import dev.keyledger.query.audit.LogStore;
import dev.keyledger.query.audit.LogStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** MongoDB keeps the store's contract. */
class MongoLogStoreIT extends LogStoreContract {
  private final TestDatabase mongo = new TestDatabase();
  private final LogStore store = new MongoLogStore(mongo.database());

  @Override
  protected LogStore store() {
    return store;
  }

  @BeforeEach
  void prepare() {
    store.prepare().block();
  }

  @AfterEach
  void close() {
    mongo.close();
  }
}
