package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every right proof verifies, and none that was changed does. */
class ProofsTest {
  /** More than a full tile, so that proofs take hashes from two levels. */
  private static final int MOST = 300;

  private static final List<Hash> LEAVES = Trees.leaves(MOST);
  private static final List<Hash> ROOTS = roots();
  private static final Hash OTHER = Trees.leaf(-1);

  @Test
  void everyLeafOfEveryTree() throws IOException {
    for (int size = 1; size <= MOST; size++) {
      TiledTree tree = tree(size);
      for (int index = 0; index < size; index++) {
        assertThat(
                Proofs.verifyInclusion(
                    LEAVES.get(index), index, size, tree.proveInclusion(index), ROOTS.get(size)))
            .isTrue();
      }
    }
  }

  @Test
  void everyTreeAndEveryOneBeforeIt() throws IOException {
    for (int larger = 0; larger <= MOST; larger++) {
      TiledTree tree = tree(larger);
      for (int smaller = 0; smaller <= larger; smaller++) {
        assertThat(consistent(smaller, larger, tree.proveConsistency(smaller))).isTrue();
      }
    }
  }

  @Property(tries = 5_000)
  void anInclusionProofWithABitFlipped(
      @ForAll @IntRange(min = 1, max = MOST) int size, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    int index = random.nextInt(size);
    List<Hash> hashes = new ArrayList<>(tree(size).proveInclusion(index));
    hashes.addFirst(LEAVES.get(index));
    hashes.addLast(ROOTS.get(size));

    flipBit(hashes, random);

    assertThat(
            Proofs.verifyInclusion(
                hashes.getFirst(),
                index,
                size,
                hashes.subList(1, hashes.size() - 1),
                hashes.getLast()))
        .isFalse();
  }

  @Property(tries = 5_000)
  void aConsistencyProofWithABitFlipped(
      @ForAll @IntRange(min = 1, max = MOST) int larger, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    int smaller = 1 + random.nextInt(larger);
    List<Hash> hashes = new ArrayList<>(tree(larger).proveConsistency(smaller));
    hashes.addFirst(ROOTS.get(smaller));
    hashes.addLast(ROOTS.get(larger));

    flipBit(hashes, random);

    assertThat(
            Proofs.verifyConsistency(
                smaller,
                hashes.getFirst(),
                larger,
                hashes.getLast(),
                hashes.subList(1, hashes.size() - 1)))
        .isFalse();
  }

  @Property(tries = 2_000)
  void aProofThatIsTooShortOrTooLong(
      @ForAll @IntRange(min = 2, max = MOST) int size, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    int index = random.nextInt(size);
    int smaller = 1 + random.nextInt(size - 1);
    List<Hash> inclusion = tree(size).proveInclusion(index);
    List<Hash> consistency = tree(size).proveConsistency(smaller);

    for (List<Hash> proof : misfits(inclusion)) {
      assertThat(Proofs.verifyInclusion(LEAVES.get(index), index, size, proof, ROOTS.get(size)))
          .isFalse();
    }
    for (List<Hash> proof : misfits(consistency)) {
      assertThat(consistent(smaller, size, proof)).isFalse();
    }
  }

  @Property(tries = 500)
  void aLeafElsewhere(@ForAll @IntRange(min = 2, max = MOST) int size, @ForAll long seed)
      throws Exception {
    int index = new Random(seed).nextInt(size);
    List<Hash> proof = tree(size).proveInclusion(index);

    for (int other = -1; other <= size; other++) {
      assertThat(Proofs.verifyInclusion(LEAVES.get(index), other, size, proof, ROOTS.get(size)))
          .isEqualTo(other == index);
    }
  }

  @Property(tries = 500)
  void anotherTreeBefore(@ForAll @IntRange(min = 2, max = MOST) int larger, @ForAll long seed)
      throws Exception {
    int smaller = 1 + new Random(seed).nextInt(larger - 1);
    List<Hash> proof = tree(larger).proveConsistency(smaller);

    for (int other = 1; other <= larger; other++) {
      assertThat(
              Proofs.verifyConsistency(smaller, ROOTS.get(other), larger, ROOTS.get(larger), proof))
          .isEqualTo(other == smaller);
    }
  }

  @Test
  void sizesOutOfRange() {
    Hash root = ROOTS.get(1);

    assertThat(Proofs.verifyInclusion(root, 0, 1, List.of(), root)).isTrue();
    assertThat(Proofs.verifyInclusion(root, 0, 0, List.of(), root)).isFalse();
    assertThat(Proofs.verifyInclusion(root, -1, 1, List.of(), root)).isFalse();
    assertThat(Proofs.verifyInclusion(root, 1, 1, List.of(), root)).isFalse();
    assertThat(Proofs.verifyInclusion(root, 0, -1, List.of(), root)).isFalse();
    assertThat(Proofs.verifyInclusion(root, 0, Long.MAX_VALUE, List.of(), root)).isFalse();
    assertThat(Proofs.verifyConsistency(-1, root, 1, root, List.of())).isFalse();
    assertThat(Proofs.verifyConsistency(2, root, 1, root, List.of())).isFalse();
    assertThat(Proofs.verifyConsistency(1, root, Long.MAX_VALUE, root, List.of())).isFalse();
    assertThat(Proofs.verifyConsistency(3, root, Long.MAX_VALUE, root, List.of(root))).isFalse();
  }

  @Test
  void theEmptyTreeHasOneRootAndNeedsNoProof() {
    assertThat(consistent(0, 5, List.of())).isTrue();
    assertThat(consistent(0, 5, List.of(OTHER))).isFalse();
    assertThat(Proofs.verifyConsistency(0, OTHER, 5, ROOTS.get(5), List.of())).isFalse();
    assertThat(Proofs.verifyConsistency(0, OTHER, 0, OTHER, List.of())).isFalse();
  }

  @Test
  void treesOfOneSizeHaveOneRoot() {
    assertThat(consistent(5, 5, List.of())).isTrue();
    assertThat(consistent(5, 5, List.of(ROOTS.get(5)))).isFalse();
    assertThat(Proofs.verifyConsistency(5, ROOTS.get(5), 5, OTHER, List.of())).isFalse();
  }

  private static boolean consistent(int smaller, int larger, List<Hash> proof) {
    return Proofs.verifyConsistency(smaller, ROOTS.get(smaller), larger, ROOTS.get(larger), proof);
  }

  private static List<List<Hash>> misfits(List<Hash> proof) {
    List<List<Hash>> misfits = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      misfits.add(shorter);
    }
    for (int i = 0; i <= proof.size(); i++) {
      List<Hash> longer = new ArrayList<>(proof);
      longer.add(i, OTHER);
      misfits.add(longer);
    }
    return misfits;
  }

  private static void flipBit(List<Hash> hashes, Random random) throws MalformedException {
    int at = random.nextInt(hashes.size());
    byte[] bytes = hashes.get(at).bytes();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    hashes.set(at, Hash.of(bytes));
  }

  private static TiledTree tree(int size) {
    return Trees.tiled(LEAVES.subList(0, size));
  }

  private static List<Hash> roots() {
    List<Hash> roots = new ArrayList<>();
    for (int size = 0; size <= MOST; size++) {
      roots.add(Trees.root(LEAVES.subList(0, size)));
    }
    return roots;
  }
}
