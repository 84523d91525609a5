package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TileWriterTest {
  /** Two levels of tiles are full and a third one has begun. */
  private static final int MANY = 65_536 + 300;

  private static final List<Hash> LEAVES = Trees.leaves(MANY);

  @Test
  void eachHashOfATileIsTheRootOfTheTileBelow() {
    Map<Tile, byte[]> tiles = new HashMap<>();
    TileWriter writer = append(new TileWriter(), LEAVES, 1_000, tiles);

    assertThat(writer.root()).isEqualTo(Trees.root(LEAVES));
    assertThat(tiles.keySet()).containsAll(Tile.forGrowth(0, MANY));
    for (Tile tile : Tile.forGrowth(0, MANY)) {
      byte[] bytes = bytes(tiles, tile);
      assertThat(bytes).hasSize(tile.width() * Hash.SIZE);
      int leaves = 1 << (8 * tile.level());
      for (int i = 0; i < tile.width(); i++) {
        int first = (int) (tile.index() * 256 + i) * leaves;
        assertThat(Hash.in(bytes, i)).isEqualTo(Trees.root(LEAVES.subList(first, first + leaves)));
      }
    }
  }

  @Test
  void tilesAreThoseOfTheGrowth() {
    TileWriter writer = new TileWriter();
    Random random = new Random(1);
    int size = 0;
    assertThat(writer.takeTiles()).isEmpty();
    while (size < 2_000) {
      int next = size + random.nextInt(400);
      LEAVES.subList(size, next).forEach(writer::append);

      assertThat(writer.takeTiles().keySet()).containsExactlyElementsOf(Tile.forGrowth(size, next));
      size = next;
    }
  }

  @Test
  void goesOnFromTheTilesOfAnySize() throws IOException {
    for (int size : new int[] {0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537}) {
      Map<Tile, byte[]> tiles = new HashMap<>();
      append(new TileWriter(), LEAVES.subList(0, size), 70_000, tiles);

      TileWriter writer = TileWriter.resume(Trees.reader(tiles), size);
      assertThat(writer.size()).isEqualTo(size);
      assertThat(writer.takeTiles()).isEmpty();
      append(writer, LEAVES.subList(size, MANY), 70_000, tiles);

      assertThat(writer.root()).isEqualTo(Trees.root(LEAVES));
      assertThat(new TiledTree(Trees.reader(tiles), MANY).root()).isEqualTo(writer.root());
      assertThat(bytes(tiles, new Tile(1, 0, 256)))
          .isEqualTo(bytes(append(LEAVES), new Tile(1, 0, 256)));
    }
  }

  @Test
  void smallerTreesAreReadFromTilesOfALargerOne() throws IOException {
    Map<Tile, byte[]> tiles = append(LEAVES);
    TileReader wider = tile -> bytes(tiles, Tile.of(tile.level(), tile.index(), MANY));

    for (int size : new int[] {0, 1, 100, 256, 1_000, 65_536}) {
      TiledTree tree = new TiledTree(wider, size);
      assertThat(tree.root()).isEqualTo(Trees.root(LEAVES.subList(0, size)));
      assertThat(tree.toCompactRange().root()).isEqualTo(tree.root());
    }
    assertThat(new TiledTree(wider, 1_000).leaf(999)).isEqualTo(LEAVES.get(999));
  }

  @Test
  void proofsOverThreeLevelsOfTiles() throws IOException {
    TileReader reader = Trees.reader(append(LEAVES));
    Hash root = Trees.root(LEAVES);

    for (int index : new int[] {0, 255, 256, 40_000, 65_535, 65_536, MANY - 1}) {
      assertThat(
              Proofs.verifyInclusion(
                  LEAVES.get(index),
                  index,
                  MANY,
                  new TiledTree(reader, MANY).proveInclusion(index),
                  root))
          .isTrue();
      assertThat(
              Proofs.verifyConsistency(
                  index + 1,
                  Trees.root(LEAVES.subList(0, index + 1)),
                  MANY,
                  root,
                  new TiledTree(reader, MANY).proveConsistency(index + 1)))
          .isTrue();
    }
  }

  @Test
  void refusesWhatTheTreeHasNot() {
    TiledTree tree = Trees.tiled(LEAVES.subList(0, 5));

    assertThatIllegalArgumentException().isThrownBy(() -> tree.leaf(5));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.proveInclusion(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.proveInclusion(5));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.proveConsistency(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> tree.proveConsistency(6));
    assertThatIllegalArgumentException().isThrownBy(() -> new TiledTree(tile -> new byte[0], -1));
  }

  @Test
  void aTileThatIsTooShortIsAnError() {
    TiledTree tree = new TiledTree(tile -> new byte[4 * Hash.SIZE + 31], 5);

    assertThatThrownBy(tree::root)
        .isInstanceOf(IOException.class)
        .hasMessage("tile/0/000.p/5 has only 159 bytes");
  }

  private static Map<Tile, byte[]> append(List<Hash> leaves) {
    Map<Tile, byte[]> tiles = new HashMap<>();
    append(new TileWriter(), leaves, leaves.size(), tiles);
    return tiles;
  }

  private static TileWriter append(
      TileWriter writer, List<Hash> leaves, int batch, Map<Tile, byte[]> tiles) {
    for (int i = 0; i < leaves.size(); i++) {
      writer.append(leaves.get(i));
      if (i % batch == batch - 1) {
        tiles.putAll(writer.takeTiles());
      }
    }
    tiles.putAll(writer.takeTiles());
    return writer;
  }

  private static byte[] bytes(Map<Tile, byte[]> tiles, Tile tile) {
    return Objects.requireNonNull(tiles.get(tile), tile::path);
  }
}
