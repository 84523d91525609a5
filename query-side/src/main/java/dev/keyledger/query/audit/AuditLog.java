package dev.keyledger.query.audit;

import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.tlog.EntryBundle;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.Tile;
import dev.keyledger.tlog.TiledTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Answers about the log, out of the store alone. Tiles and proofs are those of the newest
 * checkpoint's tree, so that nothing is told that the log didn't sign.
 */
public final class AuditLog {
  private final LogStore store;

  public AuditLog(LogStore store) {
    this.store = store;
  }

  /**
   * That an event is in a tree (RFC 6962, section 2.1.1).
   *
   * @param hashes the proof, from the leaf up
   */
  public record Inclusion(long index, Hash leafHash, long size, Hash root, List<Hash> hashes) {}

  /** That a tree began as a smaller one (RFC 6962, section 2.1.2). */
  public record Consistency(long from, Hash fromRoot, long size, Hash root, List<Hash> hashes) {}

  /** What proves to an account that its event is in the log. */
  public record Receipt(SignedCheckpoint checkpoint, LoggedEvent event, List<Hash> inclusion) {}

  /** How many events are here without a gap. */
  public Mono<Long> size() {
    return store.size();
  }

  /** The newest checkpoint, empty before there is one. */
  public Mono<SignedCheckpoint> checkpoint() {
    return store.checkpoint();
  }

  /** The events that are asked for, in the order of the log. */
  public Flux<LoggedEvent> find(EventQuery query) {
    return store.find(query);
  }

  /** The bytes of a tile of hashes or of a bundle of entries, empty where the tree has none. */
  public Mono<byte[]> tile(Tile tile) {
    return store
        .checkpoint()
        .filter(newest -> tile.isIn(newest.size()))
        .flatMap(newest -> tile.isEntries() ? entries(tile) : hashes(tile, newest.size()));
  }

  /** The proof for a leaf of the tree of that size, which must not be larger than a checkpoint. */
  public Mono<Inclusion> proveInclusion(long index, long size) {
    return slowly(() -> {
      TiledTree tree = tree(size);
      return new Inclusion(index, tree.leaf(index), size, tree.root(), tree.proveInclusion(index));
    });
  }

  /** The proof from one size to another, which must not be larger than a checkpoint. */
  public Mono<Consistency> proveConsistency(long from, long size) {
    return slowly(() -> {
      TiledTree tree = tree(size);
      return new Consistency(
          from, tree(from).root(), size, tree.root(), tree.proveConsistency(from));
    });
  }

  /** The receipt for an event, empty while there is none or no checkpoint covers it. */
  public Mono<Receipt> receipt(String account, long position) {
    return store
        .find(account, position)
        .flatMap(event ->
            store
                .checkpoint()
                .filter(newest -> newest.size() > event.index())
                .flatMap(newest ->
                    slowly(() -> tree(newest.size()).proveInclusion(event.index()))
                        .map(proof -> new Receipt(newest, event, proof))));
  }

  private Mono<byte[]> hashes(Tile tile, long size) {
    return slowly(
        () -> Arrays.copyOf(new LogTiles(store, size).read(tile), tile.width() * Hash.SIZE));
  }

  private Mono<byte[]> entries(Tile tile) {
    return store
        .events(tile.index() * Tile.FULL, tile.width())
        .map(event -> event.entry().bytes())
        .collectList()
        .map(EntryBundle::encode);
  }

  private TiledTree tree(long size) {
    return new TiledTree(new LogTiles(store, size), size);
  }

  /** It waits for the store, so it stays off the event loop. */
  private static <T> Mono<T> slowly(Callable<T> work) {
    return Mono.fromCallable(work)
        .onErrorMap(IOException.class, ViewStoreException::new)
        .subscribeOn(Schedulers.boundedElastic());
  }
}
