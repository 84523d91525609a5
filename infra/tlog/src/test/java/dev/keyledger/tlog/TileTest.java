package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths as in tlog-tiles, those of the tests of Go's sumdb/tlog among them (without its height).
 */
class TileTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  /** Some write numbers with digits of their own. */
  @Test
  void pathsAreInAsciiUnderAnyLocale() throws Exception {
    Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));

    assertThat(Tile.parse("tile/0/x001/234").path()).isEqualTo("tile/0/x001/234");
  }

  @ParameterizedTest
  @CsvSource({
    "tile/0/001, 0, 1, 256",
    "tile/0/001.p/5, 0, 1, 5",
    "tile/0/x001/x234/067, 0, 1234067, 256",
    "tile/5/x123/x456/078, 5, 123456078, 256",
    "tile/5/x123/x456/078.p/2, 5, 123456078, 2",
    "tile/0/x003/x057/500, 0, 3057500, 256",
    "tile/63/000.p/255, 63, 0, 255",
    "tile/entries/x003/x057/500, -1, 3057500, 256",
    "tile/entries/000.p/1, -1, 0, 1",
    "tile/0/x036/x028/x797/x018/x963/966, 0, 36028797018963966, 256",
  })
  void paths(String path, int level, long index, int width) throws MalformedException {
    Tile tile = new Tile(level, index, width);

    assertThat(tile.path()).isEqualTo(path);
    assertThat(Tile.parse(path)).isEqualTo(tile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0",
        "tile/0/",
        "tile/0/1",
        "tile/0/0001",
        "tile/0/x001",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/5/123/456/078",
        "tile/-1/123/456/078",
        "tile/00/001",
        "tile/64/001",
        "tile/data/001",
        "tile/0/001.p/0",
        "tile/0/001.p/05",
        "tile/0/001.p/256",
        "tile/0/001.p/257",
        "tile/0/001.p/",
        "tile/0/001.p",
        "tile/0/x001.p/5",
        "tile/0/x036/x028/x797/x018/x963/967",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "/tile/0/001",
        "tile/0/001/",
        "tile/0/٠٠١",
      })
  void notPaths(String path) {
    assertThatThrownBy(() -> Tile.parse(path)).isInstanceOf(MalformedException.class);
  }

  @Test
  void tilesThatCanNotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(-2, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(64, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, Long.MAX_VALUE, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tile(0, 0, 257));
    assertThatIllegalArgumentException().isThrownBy(() -> Tile.forGrowth(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Tile.forGrowth(-1, 1));
  }

  /** The example in tlog-tiles, "Partial Tiles". */
  @Test
  void tilesOfSeventyThousandLeaves() {
    List<Tile> tiles = new ArrayList<>();
    IntStream.range(0, 273).forEach(index -> tiles.add(new Tile(0, index, 256)));
    tiles.add(new Tile(0, 273, 112));
    tiles.add(new Tile(1, 0, 256));
    tiles.add(new Tile(1, 1, 17));
    tiles.add(new Tile(2, 0, 1));

    assertThat(Tile.forGrowth(0, 70_000)).isEqualTo(tiles);
    assertThat(Tile.forGrowth(0, 256)).containsExactly(new Tile(0, 0, 256), new Tile(1, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, ''",
    "100, 100, ''",
    "100, 101, tile/0/000.p/101",
    "255, 257, tile/0/000 tile/0/001.p/1 tile/1/000.p/1",
    "256, 257, tile/0/001.p/1",
    "300, 600, tile/0/001 tile/0/002.p/88 tile/1/000.p/2",
    "65535, 65536, tile/0/255 tile/1/000 tile/2/000.p/1",
  })
  void tilesOfAGrowth(long from, long to, String paths) {
    assertThat(Tile.forGrowth(from, to).stream().map(Tile::path))
        .isEqualTo(paths.isEmpty() ? List.of() : List.of(paths.split(" ", -1)));
  }

  @Property
  void aGrowthBringsTheTilesThatWereNotThere(
      @ForAll @LongRange(min = 0, max = 200_000) long a,
      @ForAll @LongRange(min = 0, max = 200_000) long b) {
    long from = Math.min(a, b);
    long to = Math.max(a, b);
    List<Tile> before = Tile.forGrowth(0, from);
    List<Tile> after = new ArrayList<>(Tile.forGrowth(0, to));
    after.removeAll(new HashSet<>(before));

    assertThat(Tile.forGrowth(from, to)).isEqualTo(after);
    assertThat(before).allMatch(tile -> tile.isIn(from) && tile.isIn(to));
    assertThat(after).allMatch(tile -> tile.isIn(to) && !tile.isIn(from));
  }

  @Test
  void aTreeHasTheTilesThatItIsLargeEnoughFor() {
    assertThat(new Tile(0, 1, 5).isIn(261)).isTrue();
    assertThat(new Tile(0, 1, 5).isIn(260)).isFalse();
    assertThat(new Tile(Tile.ENTRIES, 1, 5).isIn(261)).isTrue();
    assertThat(new Tile(Tile.ENTRIES, 1, 5).isIn(260)).isFalse();
    assertThat(new Tile(1, 0, 256).isIn(65_536)).isTrue();
    assertThat(new Tile(1, 0, 256).isIn(65_535)).isFalse();
    assertThat(new Tile(63, 0, 1).isIn(Long.MAX_VALUE)).isFalse();
    assertThat(new Tile(0, Long.MAX_VALUE / 256 - 1, 256).isIn(Long.MAX_VALUE)).isTrue();
  }
}
