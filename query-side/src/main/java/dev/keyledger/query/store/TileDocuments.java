package dev.keyledger.query.store;

import dev.keyledger.query.audit.FullTile;
import dev.keyledger.query.audit.Hashes;
import dev.keyledger.tlog.Hash;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** A full tile of the log as a document. */
final class TileDocuments {
  static final String ROOT = "root";
  private static final String LEVEL = "level";
  static final String INDEX = "index";
  private static final String HASHES = "hashes";

  private TileDocuments() {}

  static String id(int level, long index) {
    return level + "/" + index;
  }

  static BsonDocument of(FullTile tile) {
    return new BsonDocument("_id", new BsonString(id(tile.level(), tile.index())))
        .append(LEVEL, new BsonInt32(tile.level()))
        .append(INDEX, new BsonInt64(tile.index()))
        .append(ROOT, new BsonBinary(tile.root().bytes()))
        .append(HASHES, new BsonBinary(Hashes.join(tile.hashes())));
  }

  static FullTile tile(BsonDocument document) {
    return new FullTile(
        document.getInt32(LEVEL).getValue(),
        index(document),
        Hashes.split(document.getBinary(HASHES).getData()),
        root(document));
  }

  static long index(BsonDocument document) {
    return document.getInt64(INDEX).getValue();
  }

  static Hash root(BsonDocument document) {
    return LogDocuments.hash(document, ROOT);
  }
}
