package dev.keyledger.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends to a log and makes its tiles. Not safe for use by several threads. */
public final class TileWriter {
  private final CompactRange tree;

  /** The hashes of the last tile of each level while it is partial. */
  private final List<List<Hash>> open = new ArrayList<>();

  private final Map<Tile, byte[]> full = new HashMap<>();
  private long taken;

  /** For an empty log. */
  public TileWriter() {
    this(new CompactRange());
  }

  private TileWriter(CompactRange tree) {
    this.tree = tree;
    this.taken = tree.size();
  }

  /**
   * For a log that is continued.
   *
   * @param size number of its leaves
   */
  public static TileWriter resume(TileReader reader, long size) throws IOException {
    TiledTree tree = new TiledTree(reader, size);
    TileWriter writer = new TileWriter(tree.toCompactRange());
    for (int level = 0; Tile.hashes(level, size) > 0; level++) {
      writer.open.add(tree.lastTile(level));
    }
    return writer;
  }

  /** Number of leaves. */
  public long size() {
    return tree.size();
  }

  /** The Merkle tree hash of all leaves. */
  public Hash root() {
    return tree.root();
  }

  public void append(Hash leaf) {
    tree.append(leaf, this::add);
  }

  /**
   * The tiles that became wider since they were taken last, with their bytes, in the order of
   * {@link Tile#forGrowth}; to be stored before a checkpoint of this size is signed.
   */
  public Map<Tile, byte[]> takeTiles() {
    Map<Tile, byte[]> tiles = new LinkedHashMap<>();
    for (Tile tile : Tile.forGrowth(taken, size())) {
      byte[] bytes = full.remove(tile);
      tiles.put(tile, bytes == null ? bytes(open.get(tile.level())) : bytes);
    }
    taken = size();
    return tiles;
  }

  private void add(int treeLevel, Hash hash) {
    if (treeLevel % Tile.HEIGHT != 0) {
      return;
    }
    int level = treeLevel / Tile.HEIGHT;
    if (level == open.size()) {
      open.add(new ArrayList<>());
    }
    List<Hash> hashes = open.get(level);
    hashes.add(hash);
    if (hashes.size() == Tile.FULL) {
      // While the visitor goes up the tree, the leaf is not counted yet.
      long index = Tile.hashes(level, tree.size() + 1) / Tile.FULL - 1;
      full.put(new Tile(level, index, Tile.FULL), bytes(hashes));
      hashes.clear();
    }
  }

  private static byte[] bytes(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.SIZE];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i);
    }
    return bytes;
  }
}
