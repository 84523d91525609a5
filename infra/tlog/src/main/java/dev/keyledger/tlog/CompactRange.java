package dev.keyledger.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is needed of a tree to append to it and to know its root: the roots of its perfect
 * subtrees, one for each bit that is set in its size. Not safe for use by several threads.
 */
public final class CompactRange {
  private final List<Hash> subtrees;
  private long size;

  /** An empty tree. */
  public CompactRange() {
    this(0, List.of());
  }

  private CompactRange(long size, List<Hash> subtrees) {
    this.size = size;
    this.subtrees = new ArrayList<>(subtrees);
  }

  /**
   * A tree as it was saved.
   *
   * @param subtrees as {@link #subtrees} gave them; that they are those of the tree is taken on
   *     trust, only their number is checked
   */
  public static CompactRange of(long size, List<Hash> subtrees) throws MalformedException {
    if (size < 0 || subtrees.size() != Long.bitCount(size)) {
      throw new MalformedException(
          "a tree of " + size + " leaves has not " + subtrees.size() + " perfect subtrees");
    }
    return new CompactRange(size, subtrees);
  }

  /** What is told of each node that is complete. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Is told of a node.
     *
     * @param level 0 for a leaf
     */
    void complete(int level, Hash hash);
  }

  public void append(Hash leaf) {
    append(leaf, (level, hash) -> {});
  }

  /**
   * @param visitor is told of the leaf and of each node above it that it completes
   */
  void append(Hash leaf, Visitor visitor) {
    Hash hash = leaf;
    int level = 0;
    visitor.complete(level, hash);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      hash = Hash.ofNode(subtrees.removeLast(), hash);
      level++;
      visitor.complete(level, hash);
    }
    subtrees.add(hash);
    size++;
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** The roots of the perfect subtrees from left to right, which is from large to small. */
  public List<Hash> subtrees() {
    return List.copyOf(subtrees);
  }

  /** The Merkle tree hash of all leaves. */
  public Hash root() {
    return rootOf(subtrees);
  }

  /** The root above perfect subtrees that become smaller from left to right. */
  static Hash rootOf(List<Hash> subtrees) {
    return subtrees.reversed().stream()
        .reduce((right, left) -> Hash.ofNode(left, right))
        .orElse(Hash.EMPTY_TREE);
  }
}
