package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The eight leaves that implementations of Certificate Transparency are tested with since the first
 * one.
 */
class Rfc6962VectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<Hash> LEAVES =
      List.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .stream()
          .map(HEX::parseHex)
          .map(Hash::ofLeaf)
          .toList();

  /** By the size of the tree. */
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final Map<String, String> NODES =
      Map.of(
          "leaf0", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "leaf1", "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "leaf4", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "0-1", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "2-3", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "4-5", "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "6-7", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "0-3", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4-7", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");

  @Test
  void roots() {
    CompactRange range = new CompactRange();

    assertThat(HEX.formatHex(range.root().bytes())).isEqualTo(ROOTS.getFirst());
    for (int size = 1; size <= LEAVES.size(); size++) {
      range.append(LEAVES.get(size - 1));
      assertThat(HEX.formatHex(range.root().bytes())).isEqualTo(ROOTS.get(size));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, ''",
    "0, 8, leaf1 2-3 4-7",
    "5, 8, leaf4 6-7 0-3",
    "2, 3, 0-1",
    "1, 5, leaf0 2-3 leaf4",
  })
  void inclusionPaths(int index, int size, String nodes) throws Exception {
    List<Hash> proof = proof(nodes);

    assertThat(tree(size).proveInclusion(index)).isEqualTo(proof);
    assertThat(Proofs.verifyInclusion(LEAVES.get(index), index, size, proof, root(size))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, ''",
    "1, 8, leaf1 2-3 4-7",
    "6, 8, 4-5 6-7 0-3",
    "2, 5, 2-3 leaf4",
  })
  void consistencyPaths(int smaller, int larger, String nodes) throws Exception {
    List<Hash> proof = proof(nodes);

    assertThat(tree(larger).proveConsistency(smaller)).isEqualTo(proof);
    assertThat(Proofs.verifyConsistency(smaller, root(smaller), larger, root(larger), proof))
        .isTrue();
  }

  private static TiledTree tree(int size) {
    return Trees.tiled(LEAVES.subList(0, size));
  }

  private static Hash root(int size) throws MalformedException {
    return Hash.of(HEX.parseHex(ROOTS.get(size)));
  }

  private static List<Hash> proof(String nodes) throws MalformedException {
    if (nodes.isEmpty()) {
      return List.of();
    }
    List<Hash> proof = new ArrayList<>();
    for (String node : nodes.split(" ", -1)) {
      proof.add(Hash.of(HEX.parseHex(Objects.requireNonNull(NODES.get(node)))));
    }
    return proof;
  }
}
