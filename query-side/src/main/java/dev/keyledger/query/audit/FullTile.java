package dev.keyledger.query.audit;

import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.Tile;
import java.util.List;

/**
 * A tile that will never change.
 *
 * @param root what stands for the whole tile in the level above
 */
public record FullTile(int level, long index, List<Hash> hashes, Hash root) {
  public FullTile {
    hashes = List.copyOf(hashes);
  }

  static FullTile of(Tile tile, byte[] bytes) {
    List<Hash> hashes = Hashes.split(bytes);
    CompactRange range = new CompactRange();
    hashes.forEach(range::append);
    return new FullTile(tile.level(), tile.index(), hashes, range.root());
  }
}
