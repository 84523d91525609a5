package dev.keyledger.query.audit;

import static dev.keyledger.query.audit.LogTiles.STORE_TIMEOUT;
import static dev.keyledger.query.audit.LogTiles.value;

import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.TileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Makes the tree grow over the events that are there without a gap: full tiles first, then the
 * size, so that whatever breaks off in between is simply done again. Nodes may do it at the same
 * time, since they make the same tiles. Not safe for use by several threads.
 */
final class LogTree {
  private static final int PAGE = 1024;

  private final LogStore store;
  private TileWriter writer = new TileWriter();

  LogTree(LogStore store) {
    this.store = store;
  }

  /**
   * Takes up what has come.
   *
   * @return number of leaves
   */
  long grow() {
    long size = value(store.size());
    while (true) {
      List<Hash> leaves = value(store.leaves(size, PAGE));
      if (leaves.isEmpty()) {
        return size;
      }
      long grown = size + leaves.size();
      append(leaves, size);
      // A node that was faster has set another size, and the next round goes on from there.
      boolean first = value(store.grow(size, grown));
      size = first ? grown : value(store.size());
      if (first && leaves.size() < PAGE) {
        return size;
      }
    }
  }

  private void append(List<Hash> leaves, long size) {
    if (writer.size() != size) {
      writer = resume(size);
    }
    leaves.forEach(writer::append);
    List<FullTile> full =
        writer.takeTiles().entrySet().stream()
            .filter(tile -> !tile.getKey().isPartial())
            .map(tile -> FullTile.of(tile.getKey(), tile.getValue()))
            .toList();
    if (!full.isEmpty()) {
      store.save(full).block(STORE_TIMEOUT);
    }
  }

  private TileWriter resume(long size) {
    try {
      return TileWriter.resume(new LogTiles(store, size), size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
