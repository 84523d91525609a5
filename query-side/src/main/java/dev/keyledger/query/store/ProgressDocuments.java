package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.keyledger.query.views.Progress;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** One partition's offset as a document. */
final class ProgressDocuments {
  private static final String ID = "_id";
  private static final String TOPIC = "topic";
  private static final String PARTITION = "partition";
  private static final String NEXT_OFFSET = "nextOffset";
  private static final String STOPPED_BY = "stoppedBy";
  private static final String STOPPED_AT = "stoppedAt";
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private ProgressDocuments() {}

  /**
   * A write that only goes forward. Where the store is further on, its filter finds nothing and the
   * insert that follows fails on the {@code _id}, which is to be ignored.
   */
  static ReplaceOneModel<BsonDocument> forward(String topic, Progress step) {
    BsonString id = new BsonString(topic + "-" + step.partition());
    BsonDocument document =
        new BsonDocument(ID, id)
            .append(TOPIC, new BsonString(topic))
            .append(PARTITION, new BsonInt32(step.partition()))
            .append(NEXT_OFFSET, new BsonInt64(step.nextOffset()));
    Progress.Stop stop = step.stop();
    if (stop != null) {
      document
          .append(STOPPED_BY, new BsonString(stop.type()))
          .append(STOPPED_AT, new BsonDateTime(stop.since().toEpochMilli()));
    }
    return new ReplaceOneModel<>(
        and(eq(ID, id), lte(NEXT_OFFSET, step.nextOffset())), document, UPSERT);
  }

  static boolean isOf(BsonDocument document, String topic) {
    return topic(document).equals(topic);
  }

  static String topic(BsonDocument document) {
    return document.getString(TOPIC).getValue();
  }

  static Progress progress(BsonDocument document) {
    return new Progress(
        document.getInt32(PARTITION).getValue(),
        document.getInt64(NEXT_OFFSET).getValue(),
        stop(document));
  }

  private static Progress.@Nullable Stop stop(BsonDocument document) {
    return document.containsKey(STOPPED_BY)
        ? new Progress.Stop(
            document.getString(STOPPED_BY).getValue(),
            Instant.ofEpochMilli(document.getDateTime(STOPPED_AT).getValue()))
        : null;
  }
}
