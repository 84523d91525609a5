package dev.keyledger.query.store;

import dev.keyledger.query.rebuild.Rebuild;
import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.Generations.Stage;
import java.time.Instant;
import java.util.Locale;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The record about the generations of the views as a document. */
final class RebuildDocuments {
  static final String ID = "_id";
  static final String VERSION = "version";
  private static final String SERVED = "served";
  private static final String STAGE = "stage";
  private static final String BUILDER = "builder";
  private static final String STARTED_AT = "startedAt";
  private static final String FINISHED_AT = "finishedAt";
  private static final String DONE = "eventsDone";
  private static final String TOTAL = "eventsTotal";
  private static final String STOPPED_BY = "stoppedBy";

  private RebuildDocuments() {}

  static BsonDocument of(String id, Rebuild rebuild) {
    String stoppedBy = rebuild.stoppedBy();
    return new BsonDocument(ID, new BsonString(id))
        .append(VERSION, new BsonInt64(rebuild.version()))
        .append(SERVED, new BsonInt64(rebuild.generations().served()))
        .append(STAGE, new BsonString(text(rebuild.generations().stage())))
        .append(BUILDER, new BsonString(rebuild.builder()))
        .append(STARTED_AT, time(rebuild.startedAt()))
        .append(FINISHED_AT, time(rebuild.finishedAt()))
        .append(DONE, new BsonInt64(rebuild.done()))
        .append(TOTAL, new BsonInt64(rebuild.total()))
        .append(STOPPED_BY, stoppedBy == null ? BsonNull.VALUE : new BsonString(stoppedBy));
  }

  static Rebuild rebuild(BsonDocument document) {
    BsonValue stoppedBy = document.get(STOPPED_BY, BsonNull.VALUE);
    return new Rebuild(
        new Generations(
            document.getInt64(SERVED).getValue(), stage(document.getString(STAGE).getValue())),
        document.getInt64(VERSION).getValue(),
        document.getString(BUILDER).getValue(),
        time(document.get(STARTED_AT, BsonNull.VALUE)),
        time(document.get(FINISHED_AT, BsonNull.VALUE)),
        document.getInt64(DONE).getValue(),
        document.getInt64(TOTAL).getValue(),
        stoppedBy.isString() ? stoppedBy.asString().getValue() : null);
  }

  private static String text(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Stage stage(String text) {
    return Stage.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static BsonValue time(@Nullable Instant at) {
    return at == null ? BsonNull.VALUE : new BsonDateTime(at.toEpochMilli());
  }

  private static @Nullable Instant time(BsonValue at) {
    return at.isDateTime() ? Instant.ofEpochMilli(at.asDateTime().getValue()) : null;
  }
}
