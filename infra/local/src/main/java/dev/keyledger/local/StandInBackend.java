package dev.keyledger.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stand-in reads a whole collection unless an index has just the fields that are asked for, so
 * each generation of the views gets one for guarded writes. A real MongoDB finds the views by
 * {@code _id} and needs no more than that.
 */
final class StandInBackend extends MemoryBackend {
  private static final String VIEWS = "accounts_";
  private static final String INDEX = "guarded writes";
  private static final List<IndexKey> GUARDED_WRITES =
      Stream.of("_id", "position", "knownPosition").map(key -> new IndexKey(key, true)).toList();

  @Override
  public MemoryDatabase openOrCreateDatabase(String name) {
    return new Database(name, getCursorRegistry());
  }

  private static final class Database extends MemoryDatabase {
    Database(String name, CursorRegistry cursors) {
      super(name, cursors);
    }

    @Override
    protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
      MemoryCollection collection = super.openOrCreateCollection(name, options);
      if (name.startsWith(VIEWS)) {
        collection.addIndex(new MemoryUniqueIndex(INDEX, GUARDED_WRITES, false));
      }
      return collection;
    }

    /** The index is in no list of indexes, so it has to be taken away before. */
    @Override
    public void dropCollection(String name, Oplog oplog) {
      MongoCollection<Integer> collection = resolveCollection(name, false);
      if (collection != null && name.startsWith(VIEWS)) {
        collection.dropIndex(INDEX);
      }
      super.dropCollection(name, oplog);
    }
  }
}
