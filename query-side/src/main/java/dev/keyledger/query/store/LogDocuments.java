package dev.keyledger.query.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import dev.keyledger.query.audit.EventQuery;
import dev.keyledger.query.audit.LoggedEvent;
import dev.keyledger.query.audit.TouchedKeys;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.LogEntry;
import dev.keyledger.tlog.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * An event of the log as a document: its entry whole, and beside it what is asked for. Times are
 * nanoseconds since 1970, since BSON's end at milliseconds.
 */
final class LogDocuments {
  static final String ID = "_id";
  static final String ACCOUNT = "account";
  static final String POSITION = "position";
  static final String TYPE = "type";
  static final String TIME = "time";
  static final String KEYS = "publicApiKeys";
  static final String LEAF = "leaf";
  private static final String ENTRY = "entry";
  private static final long NANOS = 1_000_000_000;

  private LogDocuments() {}

  static BsonDocument of(LoggedEvent event) {
    BsonDocument document =
        new BsonDocument(ID, new BsonInt64(event.index()))
            .append(ACCOUNT, new BsonString(event.account()))
            .append(POSITION, new BsonInt64(event.position()))
            .append(TYPE, new BsonString(event.type()))
            .append(TIME, new BsonInt64(nanos(event.time())))
            .append(LEAF, new BsonBinary(event.entry().leafHash().bytes()))
            .append(ENTRY, new BsonBinary(event.entry().bytes()));
    List<BsonString> keys =
        TouchedKeys.of(event.entry().value()).stream().map(BsonString::new).toList();
    return keys.isEmpty() ? document : document.append(KEYS, new BsonArray(keys));
  }

  static long index(BsonDocument document) {
    return document.getInt64(ID).getValue();
  }

  static LoggedEvent event(BsonDocument document) {
    try {
      return LoggedEvent.of(index(document), LogEntry.decode(document.getBinary(ENTRY).getData()));
    } catch (MalformedException e) {
      throw new IllegalStateException("the store holds no entry at " + index(document), e);
    }
  }

  static Hash leaf(BsonDocument document) {
    return hash(document, LEAF);
  }

  static Hash hash(BsonDocument document, String field) {
    try {
      return Hash.of(document.getBinary(field).getData());
    } catch (MalformedException e) {
      throw new IllegalStateException("the store holds no hash where one belongs", e);
    }
  }

  static Bson filter(EventQuery query) {
    List<Bson> all = new ArrayList<>();
    all.add(gt(ID, query.after()));
    all.add(lt(ID, query.below()));
    if (query.account() != null) {
      all.add(eq(ACCOUNT, query.account()));
    }
    if (query.type() != null) {
      all.add(eq(TYPE, query.type()));
    }
    if (query.publicApiKey() != null) {
      all.add(eq(KEYS, query.publicApiKey()));
    }
    if (query.from() != null) {
      all.add(gte(TIME, nanos(query.from())));
    }
    if (query.to() != null) {
      all.add(lt(TIME, nanos(query.to())));
    }
    return and(all);
  }

  private static long nanos(Instant time) {
    try {
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    } catch (ArithmeticException beyond) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
