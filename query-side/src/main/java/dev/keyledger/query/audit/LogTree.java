package dev.keyledger.query.audit;

import static dev.keyledger.query.audit.LogTiles.STORE_TIMEOUT;
import static dev.keyledger.query.audit.LogTiles.value;

import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.TileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the tree grow over the events that are there without a gap: full tiles first, then the
 * size, so that whatever breaks off in between is simply done again. Nodes may do it at the same
 * time, since they make the same tiles. Not safe for use by several threads.
 */
final class LogTree {
  private static final int PAGE = 1024;

  /** After what was just kept, there is rarely more: what another node kept behind a gap. */
  private static final int FEW = 16;

  private final LogStore store;
  private TileWriter writer = new TileWriter();

  LogTree(LogStore store) {
    this.store = store;
  }

  /**
   * Takes up what has come.
   *
   * @param kept leaves that the store was just given, by their index; they need not be read again
   * @return number of leaves
   */
  long grow(Map<Long, Hash> kept) {
    long size = kept.containsKey(writer.size()) ? writer.size() : value(store.size());
    int page = FEW;
    while (true) {
      List<Hash> leaves = run(kept, size);
      boolean more = !leaves.isEmpty();
      if (leaves.isEmpty()) {
        leaves = value(store.leaves(size, page));
        more = leaves.size() == page;
        page = PAGE;
      }
      if (leaves.isEmpty()) {
        return size;
      }
      append(leaves, size);
      // A node that was faster has set another size, and the next round goes on from there.
      boolean first = value(store.grow(size, size + leaves.size()));
      size = first ? size + leaves.size() : value(store.size());
      if (first && !more) {
        return size;
      }
    }
  }

  private static List<Hash> run(Map<Long, Hash> leaves, long from) {
    List<Hash> run = new ArrayList<>();
    for (Hash leaf = leaves.get(from); leaf != null; leaf = leaves.get(from + run.size())) {
      run.add(leaf);
    }
    return run;
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
