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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogTreeTest {
  private static final Map<Long, Hash> NOTHING = Map.of();

  private final InMemoryLogStore store = new InMemoryLogStore();
  private final TestLog log = new TestLog();
  private final LogTree tree = new LogTree(store);

  @Test
  void growsOverWhatIsThereWithoutAGap() throws Exception {
    given(700);
    store(0, 300);
    store(301, 700);

    assertThat(tree.grow(NOTHING)).isEqualTo(300);
    assertThat(root(300)).isEqualTo(log.root(300));

    store(300, 301);
    assertThat(tree.grow(NOTHING)).isEqualTo(700);
    assertThat(root(700)).isEqualTo(log.root(700));
    assertThat(tree.grow(NOTHING)).isEqualTo(700);
  }

  @Test
  void everySizeBelowHasItsRootAndItsProofs() throws Exception {
    given(600);
    store(0, 600);
    tree.grow(NOTHING);

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
    tree.grow(NOTHING);

    assertThat(Objects.requireNonNull(store.tile(0, 1).block()).hashes()).hasSize(256);
    assertThat(store.tile(0, 2).block()).isNull();
    assertThat(store.tile(1, 0).block()).isNull();
  }

  @Test
  void anotherNodeGoesOnWhereOneStopped() throws Exception {
    given(600);
    store(0, 290);
    tree.grow(NOTHING);
    store(290, 600);

    assertThat(new LogTree(store).grow(NOTHING)).isEqualTo(600);
    assertThat(tree.grow(NOTHING)).isEqualTo(600);
    assertThat(root(600)).isEqualTo(log.root(600));
  }

  @Test
  void beginsAgainWhereTheStoreWasEmptied() throws Exception {
    given(300);
    store(0, 300);
    tree.grow(NOTHING);
    store.clear();
    assertThat(tree.grow(NOTHING)).isZero();

    store(0, 280);

    assertThat(tree.grow(NOTHING)).isEqualTo(280);
    assertThat(root(280)).isEqualTo(log.root(280));
  }

  @Test
  void doesNotReadAgainWhatTheStoreWasJustGiven() throws Exception {
    given(700);
    store(0, 200);
    tree.grow(NOTHING);
    store(200, 600);
    store(600, 700);

    assertThat(tree.grow(leaves(200, 600))).isEqualTo(700);

    assertThat(store.leavesRead()).isLessThan(400);
    assertThat(root(700)).isEqualTo(log.root(700));
  }

  @Test
  void whatTheStoreWasJustGivenWaitsForWhatIsBefore() throws Exception {
    given(300);
    store(0, 100);
    tree.grow(NOTHING);
    store(150, 300);

    assertThat(tree.grow(leaves(150, 300))).isEqualTo(100);

    store(100, 150);
    assertThat(tree.grow(leaves(100, 150))).isEqualTo(300);
    assertThat(root(300)).isEqualTo(log.root(300));
  }

  @Test
  void goesOnWhereAnotherNodeMadeItGrow() throws Exception {
    given(320);
    store(0, 100);
    tree.grow(leaves(0, 100));
    store(100, 300);
    new LogTree(store).grow(NOTHING);
    store(300, 320);

    assertThat(tree.grow(leaves(100, 120))).isEqualTo(320);
    assertThat(root(320)).isEqualTo(log.root(320));
  }

  @Test
  void doesAgainWhatBrokeOff() throws Exception {
    given(300);
    store(0, 100);
    tree.grow(NOTHING);
    store.down(true);
    assertThatThrownBy(() -> tree.grow(NOTHING)).isInstanceOf(ViewStoreException.class);
    store.down(false);
    store(100, 300);

    assertThat(tree.grow(NOTHING)).isEqualTo(300);
    assertThat(root(300)).isEqualTo(log.root(300));
  }

  @Test
  void readsAPartialTileOfALevelAbove() throws Exception {
    given(600);
    store(0, 600);
    tree.grow(NOTHING);

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

  private Map<Long, Hash> leaves(int from, int to) {
    return log.events().subList(from, to).stream()
        .collect(Collectors.toMap(LoggedEvent::index, event -> event.entry().leafHash()));
  }

  private TiledTree tiled(long size) {
    return new TiledTree(new LogTiles(store, size), size);
  }

  private Hash root(long size) throws IOException {
    return tiled(size).root();
  }
}
