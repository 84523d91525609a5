package dev.keyledger.query.store;

import dev.keyledger.query.views.SetAside;
import java.nio.ByteBuffer;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A record that was set aside as a document; its place in the topic is its {@code _id}. */
final class SetAsideDocuments {
  private SetAsideDocuments() {}

  static BsonDocument of(SetAside record) {
    String id = record.topic() + "-" + record.partition() + "-" + record.offset();
    return new BsonDocument("_id", new BsonString(id))
        .append("topic", new BsonString(record.topic()))
        .append("partition", new BsonInt32(record.partition()))
        .append("offset", new BsonInt64(record.offset()))
        .append("reason", new BsonString(record.reason().text()))
        .append("detail", new BsonString(record.detail()))
        .append("setAsideAt", new BsonDateTime(record.at().toEpochMilli()))
        .append("key", binary(record.key()))
        .append("headers", headers(record.headers()))
        .append("value", binary(record.value()));
  }

  private static BsonArray headers(List<SetAside.Header> headers) {
    return new BsonArray(
        headers.stream()
            .map(header ->
                new BsonDocument("name", new BsonString(header.name()))
                    .append("value", text(header.value())))
            .toList());
  }

  private static BsonValue text(@Nullable String value) {
    return value == null ? BsonNull.VALUE : new BsonString(value);
  }

  private static BsonValue binary(@Nullable ByteBuffer bytes) {
    return bytes == null ? BsonNull.VALUE : new BsonBinary(copy(bytes));
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
