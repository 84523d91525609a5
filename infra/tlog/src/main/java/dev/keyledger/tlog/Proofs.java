package dev.keyledger.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Verifies what {@link TiledTree} proves. Any input makes an answer: what is out of range, too
 * short or too long proves nothing.
 */
public final class Proofs {
  private Proofs() {}

  /**
   * Whether the tree with this root has this leaf at this place (RFC 9162, section 2.1.3.2).
   *
   * @param index of the leaf, from 0
   * @param size number of leaves of the tree
   */
  public static boolean verifyInclusion(
      Hash leaf, long index, long size, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : proof) {
      if (last == 0) {
        return false;
      }
      int up;
      if (isOdd(node) || node == last) {
        hash = Hash.ofNode(sibling, hash);
        up = levelsToLeftSibling(node);
      } else {
        hash = Hash.ofNode(hash, sibling);
        up = 1;
      }
      node >>= up;
      last >>= up;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Whether the first leaves of the larger tree are those of the smaller one (RFC 9162, section
   * 2.1.4.2). Trees of one size need the same root and an empty proof; so does the empty tree,
   * which every tree began as.
   */
  public static boolean verifyConsistency(
      long smallerSize, Hash smallerRoot, long largerSize, Hash largerRoot, List<Hash> proof) {
    if (smallerSize < 0 || smallerSize > largerSize) {
      return false;
    }
    if (smallerSize == largerSize) {
      return proof.isEmpty()
          && smallerRoot.equals(largerRoot)
          && isRootOf(smallerSize, smallerRoot);
    }
    if (smallerSize == 0) {
      return proof.isEmpty() && isRootOf(0, smallerRoot);
    }
    return verifyGrowth(smallerSize, smallerRoot, largerSize, largerRoot, proof);
  }

  private static boolean verifyGrowth(
      long smallerSize, Hash smallerRoot, long largerSize, Hash largerRoot, List<Hash> proof) {
    List<Hash> path = new ArrayList<>(proof);
    if (Long.bitCount(smallerSize) == 1) {
      path.addFirst(smallerRoot);
    }
    if (path.isEmpty()) {
      return false;
    }
    int up = Long.numberOfTrailingZeros(smallerSize);
    long node = (smallerSize - 1) >> up;
    long last = (largerSize - 1) >> up;
    Hash smaller = path.getFirst();
    Hash larger = path.getFirst();
    for (Hash sibling : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if (isOdd(node) || node == last) {
        smaller = Hash.ofNode(sibling, smaller);
        larger = Hash.ofNode(sibling, larger);
        up = levelsToLeftSibling(node);
      } else {
        larger = Hash.ofNode(larger, sibling);
        up = 1;
      }
      node >>= up;
      last >>= up;
    }
    return last == 0 && smaller.equals(smallerRoot) && larger.equals(largerRoot);
  }

  private static boolean isRootOf(long size, Hash root) {
    return size > 0 || root.equals(Hash.EMPTY_TREE);
  }

  private static boolean isOdd(long node) {
    return (node & 1) == 1;
  }

  /** How far above a node that is not the first of its level a left sibling's parent is. */
  private static int levelsToLeftSibling(long node) {
    return Long.numberOfTrailingZeros(node) + 1;
  }
}
