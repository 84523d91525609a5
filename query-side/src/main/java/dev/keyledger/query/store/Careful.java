package dev.keyledger.query.store;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoDatabase;

/** What every collection of ours is written and read with. */
final class Careful {
  private Careful() {}

  /** Writes are acknowledged by a majority, reads come from the primary. */
  static MongoDatabase with(MongoDatabase database) {
    return database
        .withWriteConcern(WriteConcern.MAJORITY)
        .withReadConcern(ReadConcern.MAJORITY)
        .withReadPreference(ReadPreference.primary());
  }
}
