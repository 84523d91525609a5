package dev.keyledger.tlog;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Trees for tests, and their hashes made as plainly as RFC 6962 says it. */
final class Trees {
  private Trees() {}

  /** Leaves that are all different. */
  static List<Hash> leaves(int count) {
    return IntStream.range(0, count).mapToObj(Trees::leaf).toList();
  }

  static Hash leaf(int index) {
    return Hash.ofLeaf(("leaf " + index).getBytes(StandardCharsets.UTF_8));
  }

  /** MTH (RFC 6962, section 2.1). */
  static Hash root(List<Hash> leaves) {
    return switch (leaves.size()) {
      case 0 -> Hash.EMPTY_TREE;
      case 1 -> leaves.getFirst();
      default -> {
        int k = Integer.highestOneBit(leaves.size() - 1);
        yield Hash.ofNode(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
      }
    };
  }

  /** A tree in tiles. */
  static TiledTree tiled(List<Hash> leaves) {
    TileWriter writer = new TileWriter();
    leaves.forEach(writer::append);
    Map<Tile, byte[]> tiles = new HashMap<>(writer.takeTiles());
    return new TiledTree(reader(tiles), leaves.size());
  }

  static TileReader reader(Map<Tile, byte[]> tiles) {
    return tile -> Objects.requireNonNull(tiles.get(tile), tile::path);
  }
}
