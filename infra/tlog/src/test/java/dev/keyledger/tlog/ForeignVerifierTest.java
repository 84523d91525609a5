package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Verifiers that nobody here wrote take what we make for right, and nothing else: that of sigstore
 * checkpoints and inclusion, that of transmute consistency.
 */
class ForeignVerifierTest {
  private static final int MOST = 300;
  private static final List<byte[]> ENTRIES = entries();
  private static final List<Hash> LEAVES = ENTRIES.stream().map(Hash::ofLeaf).toList();

  private final NoteSigner log = NoteSigner.of("example.com/log", new byte[32]);

  ForeignVerifierTest() throws MalformedException {}

  @BeforeAll
  static void needsNode() {
    assumeThat(ForeignVerifier.isAvailable()).as("node, and packages from npm").isTrue();
  }

  @Test
  void checkpoints() throws MalformedException {
    NoteSigner other = NoteSigner.of("example.com/log", Trees.leaf(0).bytes());
    String note = checkpoint(MOST);
    List<Map<String, Object>> wrong =
        List.of(
            check(note.replace("\n300\n", "\n301\n")),
            check(note.replace("example.com/log\n300", "example.com/lag\n300")),
            check(note.replace("— example.com/log ", "— example.com/lag ")),
            check(note, other.verifierKey()));

    assertThat(ForeignVerifier.check(List.of(check(note)))).containsExactly(true);
    assertThat(ForeignVerifier.check(wrong)).hasSize(4).containsOnly(false);
  }

  @Test
  void inclusion() throws IOException {
    List<Map<String, Object>> right = new ArrayList<>();
    List<Map<String, Object>> wrong = new ArrayList<>();
    for (int size : new int[] {1, 2, 3, 7, 8, 255, 256, 257, MOST}) {
      TiledTree tree = Trees.tiled(LEAVES.subList(0, size));
      for (int index = 0; index < size; index += 1 + size / 20) {
        right.add(inclusion(size, index, index, tree.proveInclusion(index)));
        wrong.add(inclusion(size, index, index + 1, tree.proveInclusion(index)));
        wrong.add(inclusion(size, index, index, changed(tree.proveInclusion(index))));
      }
    }

    assertThat(ForeignVerifier.check(right)).hasSameSizeAs(right).containsOnly(true);
    assertThat(ForeignVerifier.check(wrong)).hasSameSizeAs(wrong).containsOnly(false);
  }

  @Test
  void consistency() throws IOException {
    List<Map<String, Object>> right = new ArrayList<>();
    List<Map<String, Object>> wrong = new ArrayList<>();
    for (int larger : new int[] {2, 3, 7, 8, 255, 256, 257, MOST - 1}) {
      TiledTree tree = Trees.tiled(LEAVES.subList(0, larger));
      for (int smaller = 1; smaller < larger; smaller += 1 + larger / 20) {
        List<Hash> proof = tree.proveConsistency(smaller);
        right.add(consistency(smaller, larger, proof));
        wrong.add(consistency(smaller, larger, changed(proof)));
        wrong.add(consistency(smaller, larger + 1, proof));
      }
    }

    assertThat(ForeignVerifier.check(right)).hasSameSizeAs(right).containsOnly(true);
    assertThat(ForeignVerifier.check(wrong)).hasSameSizeAs(wrong).containsOnly(false);
  }

  private Map<String, Object> inclusion(int size, int entry, int index, List<Hash> proof) {
    Map<String, Object> check = check(checkpoint(size));
    check.put("entry", Base64.getEncoder().encodeToString(ENTRIES.get(entry)));
    check.put("index", index);
    check.put("inclusion", proof.stream().map(Hash::toString).toList());
    return check;
  }

  private Map<String, Object> consistency(int smaller, int larger, List<Hash> proof) {
    Map<String, Object> check = check(checkpoint(larger));
    check.put("smaller", checkpoint(smaller));
    check.put("consistency", proof.stream().map(Hash::toString).toList());
    return check;
  }

  private Map<String, Object> check(String note) {
    return check(note, log.verifierKey());
  }

  private static Map<String, Object> check(String note, VerifierKey key) {
    return new HashMap<>(Map.of("checkpoint", note, "vkey", key.toString()));
  }

  private String checkpoint(int size) {
    Hash root = Trees.root(LEAVES.subList(0, size));
    return SignedNote.sign(new Checkpoint("example.com/log", size, root).text(), log).toString();
  }

  private static List<Hash> changed(List<Hash> proof) {
    List<Hash> changed = new ArrayList<>(proof);
    if (changed.isEmpty()) {
      changed.add(LEAVES.getFirst());
    } else {
      changed.set(0, Trees.leaf(-1));
    }
    return changed;
  }

  private static List<byte[]> entries() {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
    }
    return entries;
  }
}
