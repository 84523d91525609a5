package dev.keyledger.query.audit;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.Proofs;
import dev.keyledger.tlog.Tile;
import dev.keyledger.tlog.TiledTree;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogTreeTest {
  private final InMemoryLogStore store = new InMemoryLogStore();
  private final TestLog log = new TestLog();
  private final LogTree tree = new LogTree(store);

  @Test
  void growsOverWhatIsThereWithoutAGap() throws Exception {
    given(700);
    store(0, 300);
    store(301, 700);

    assertThat(tree.grow()).isEqualTo(300);
    assertThat(root(300)).isEqualTo(log.root(300));

    store(300, 301);
    assertThat(tree.grow()).isEqualTo(700);
    assertThat(root(700)).isEqualTo(log.root(700));
    assertThat(tree.grow()).isEqualTo(700);
  }

  @Test
  void everySizeBelowHasItsRootAndItsProofs() throws Exception {
    given(600);
    store(0, 600);
    tree.grow();

    for (long size : new long[] {0, 1, 255, 256, 257, 511, 512, 513, 600}) {
      assertThat(root(size)).as("%d", size).isEqualTo(log.root(size));
      for (long index = 0; index < size; index += 101) {
        assertThat(
                Proofs.verifyInclusion(
                    log.events().get((int) index).entry().leafHash(),
                    index,
                    size,
                    tiled(size).proveInclusion(index),
                    log.root(size)))
            .isTrue();
      }
    }
  }

  @Test
  void keepsFullTilesOnly() {
    given(600);
    store(0, 600);
    tree.grow();

    assertThat(Objects.requireNonNull(store.tile(0, 1).block()).hashes()).hasSize(256);
    assertThat(store.tile(0, 2).block()).isNull();
    assertThat(store.tile(1, 0).block()).isNull();
  }

  @Test
  void anotherNodeGoesOnWhereOneStopped() throws Exception {
    given(600);
    store(0, 290);
    tree.grow();
    store(290, 600);

    assertThat(new LogTree(store).grow()).isEqualTo(600);
    assertThat(tree.grow()).isEqualTo(600);
    assertThat(root(600)).isEqualTo(log.root(600));
  }

  @Test
  void beginsAgainWhereTheStoreWasEmptied() throws Exception {
    given(300);
    store(0, 300);
    tree.grow();
    store.clear();
    assertThat(tree.grow()).isZero();

    store(0, 280);

    assertThat(tree.grow()).isEqualTo(280);
    assertThat(root(280)).isEqualTo(log.root(280));
  }

  @Test
  void doesAgainWhatBrokeOff() throws Exception {
    given(300);
    store(0, 100);
    tree.grow();
    store.down(true);
    assertThatThrownBy(tree::grow).isInstanceOf(ViewStoreException.class);
    store.down(false);
    store(100, 300);

    assertThat(tree.grow()).isEqualTo(300);
    assertThat(root(300)).isEqualTo(log.root(300));
  }

  @Test
  void readsAPartialTileOfALevelAbove() throws Exception {
    given(600);
    store(0, 600);
    tree.grow();

    byte[] tile = new LogTiles(store, 600).read(new Tile(1, 0, 2));

    assertThat(Hashes.split(tile)).hasSize(2);
    assertThatThrownBy(() -> new LogTiles(store, 600).read(new Tile(1, 0, 3)))
        .isInstanceOf(IOException.class);
  }

  private void given(int events) {
    for (int n = 0; n < events; n++) {
      log.add(keyCreated("acct-" + n % 7, "k" + n));
    }
  }

  private void store(int from, int to) {
    List<LoggedEvent> some = log.events().subList(from, to);
    assertThat(store.append(some.reversed()).block()).isEmpty();
  }

  private TiledTree tiled(long size) {
    return new TiledTree(new LogTiles(store, size), size);
  }

  private Hash root(long size) throws IOException {
    return tiled(size).root();
  }
}
