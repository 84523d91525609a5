package dev.keyledger.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of one size whose hashes lie in tiles, and the proofs about it (RFC 6962, section 2.1).
 * Tiles are taken as they are read: whoever doesn't trust their source verifies the proofs. Keeps
 * what it has read; made for one answer, and not for several threads.
 */
public final class TiledTree {
  private final TileReader reader;
  private final long size;
  private final Map<Tile, byte[]> tiles = new HashMap<>();

  /**
   * A tree of that size in those tiles.
   *
   * @param reader of tiles of a tree at least as large
   * @param size number of leaves, from 0
   */
  public TiledTree(TileReader reader, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("no size of a tree: " + size);
    }
    this.reader = reader;
    this.size = size;
  }

  /** The Merkle tree hash of all leaves. */
  public Hash root() throws IOException {
    return CompactRange.rootOf(subtrees(0, size));
  }

  /** The tree as one that can be appended to. */
  public CompactRange toCompactRange() throws IOException {
    try {
      return CompactRange.of(size, subtrees(0, size));
    } catch (MalformedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The hash of a leaf. */
  public Hash leaf(long index) throws IOException {
    requireLeaf(index);
    return node(0, index);
  }

  /**
   * Proves that a leaf is in the tree (RFC 6962, section 2.1.1): for {@link
   * Proofs#verifyInclusion}.
   *
   * @throws IllegalArgumentException if the tree has no such leaf
   */
  public List<Hash> proveInclusion(long index) throws IOException {
    requireLeaf(index);
    List<Hash> proof = new ArrayList<>();
    addInclusion(index, 0, size, proof);
    return proof;
  }

  /**
   * Proves that the tree began as a smaller one (RFC 6962, section 2.1.2): for {@link
   * Proofs#verifyConsistency}. Nothing is to be proved of the empty tree and of the tree itself.
   *
   * @param smaller number of leaves
   * @throws IllegalArgumentException if the tree was never that small or is smaller
   */
  public List<Hash> proveConsistency(long smaller) throws IOException {
    if (smaller < 0 || smaller > size) {
      throw new IllegalArgumentException(
          "a tree of " + size + " leaves did not begin with " + smaller);
    }
    List<Hash> proof = new ArrayList<>();
    if (smaller > 0) {
      addConsistency(smaller, 0, size, true, proof);
    }
    return proof;
  }

  /** The hashes of the partial tile at the end of a level, none if the last tile is full. */
  List<Hash> lastTile(int level) throws IOException {
    long hashes = Tile.hashes(level, size);
    List<Hash> last = new ArrayList<>();
    if (hashes % Tile.FULL > 0) {
      byte[] tile = tile(Tile.of(level, hashes / Tile.FULL, size));
      for (int i = 0; i < hashes % Tile.FULL; i++) {
        last.add(Hash.in(tile, i));
      }
    }
    return last;
  }

  private void requireLeaf(long index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a tree of " + size + " leaves has none at " + index);
    }
  }

  /** PATH(m, D[from:to]). */
  private void addInclusion(long leaf, long from, long to, List<Hash> proof) throws IOException {
    if (to - from == 1) {
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (leaf < middle) {
      addInclusion(leaf, from, middle, proof);
      proof.add(hash(middle, to));
    } else {
      addInclusion(leaf, middle, to, proof);
      proof.add(hash(from, middle));
    }
  }

  /** SUBPROOF(m, D[from:to], known). */
  private void addConsistency(long end, long from, long to, boolean known, List<Hash> proof)
      throws IOException {
    if (end == to) {
      if (!known) {
        proof.add(hash(from, to));
      }
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (end <= middle) {
      addConsistency(end, from, middle, known, proof);
      proof.add(hash(middle, to));
    } else {
      addConsistency(end, middle, to, false, proof);
      proof.add(hash(from, middle));
    }
  }

  private Hash hash(long from, long to) throws IOException {
    return CompactRange.rootOf(subtrees(from, to));
  }

  /** The perfect subtrees of a range that begins where one of its size may begin. */
  private List<Hash> subtrees(long from, long to) throws IOException {
    List<Hash> subtrees = new ArrayList<>();
    for (long at = from; at < to; ) {
      int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
      subtrees.add(node(level, at >> level));
      at += 1L << level;
    }
    return subtrees;
  }

  /** The root of a perfect subtree, from the tile that has its hash or those below it. */
  private Hash node(int level, long index) throws IOException {
    int above = level % Tile.HEIGHT;
    long first = index << above;
    byte[] tile = tile(Tile.of(level / Tile.HEIGHT, first / Tile.FULL, size));
    CompactRange range = new CompactRange();
    int offset = (int) (first % Tile.FULL);
    for (int i = offset; i < offset + (1 << above); i++) {
      range.append(Hash.in(tile, i));
    }
    return range.root();
  }

  private byte[] tile(Tile tile) throws IOException {
    byte[] known = tiles.get(tile);
    if (known != null) {
      return known;
    }
    byte[] read = reader.read(tile);
    if (read.length < tile.width() * Hash.SIZE) {
      throw new IOException(tile + " has only " + read.length + " bytes");
    }
    tiles.put(tile, read);
    return read;
  }
}
