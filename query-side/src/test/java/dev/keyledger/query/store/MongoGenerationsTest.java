package dev.keyledger.query.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.views.ViewStoreException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A database that is away is told of as the failure that callers know of. */
class MongoGenerationsTest {
  private static final Rebuild FIRST =
      new Rebuild(Rebuild.NEVER.generations(), 1, "one", Instant.EPOCH, null, 0, 0, null);
  private static final Rebuild SECOND =
      new Rebuild(Rebuild.NEVER.generations(), 2, "one", Instant.EPOCH, null, 0, 0, null);

  /** Nobody listens on that port. */
  private final MongoClient nobody =
      MongoClients.create("mongodb://localhost:1/?serverSelectionTimeoutMS=1");

  private final MongoGenerations generations =
      new MongoGenerations(nobody.getDatabase("none"), "t");

  @AfterEach
  void close() {
    nobody.close();
  }

  @Test
  void theRecordCanBeNeitherReadNorWritten() {
    isUnavailable(generations.find());
    isUnavailable(generations.replace(Rebuild.NEVER, FIRST));
    isUnavailable(generations.replace(FIRST, SECOND));
  }

  @Test
  void noGenerationCanBeDropped() {
    isUnavailable(generations.drop(1));
  }

  private static void isUnavailable(Mono<?> answer) {
    assertThatThrownBy(answer::block).isInstanceOf(ViewStoreException.class);
  }
}
