package dev.keyledger.query.audit;

import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.Tile;
import dev.keyledger.tlog.TileReader;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * The tiles of a tree: full ones as they are kept, partial ones made of what lies below them. Keeps
 * what it has read; made for one task, and not for several threads. Waits for the store.
 */
final class LogTiles implements TileReader {
  static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

  private final LogStore store;
  private final long size;
  private final Map<Tile, byte[]> known = new HashMap<>();

  /**
   * @param size number of leaves, not more than the store has
   */
  LogTiles(LogStore store, long size) {
    this.store = store;
    this.size = size;
  }

  @Override
  public byte[] read(Tile tile) throws IOException {
    Tile full = new Tile(tile.level(), tile.index(), Tile.FULL);
    Tile there = full.isIn(size) ? full : tile;
    byte[] bytes = known.get(there);
    if (bytes == null) {
      bytes = Hashes.join(there.isPartial() ? below(there) : kept(there));
      if (bytes.length < there.width() * Hash.SIZE) {
        throw new IOException(there + " is not in the store");
      }
      known.put(there, bytes);
    }
    return bytes;
  }

  private List<Hash> kept(Tile tile) throws IOException {
    FullTile found = store.tile(tile.level(), tile.index()).block(STORE_TIMEOUT);
    if (found == null) {
      throw new IOException(tile + " is not in the store");
    }
    return found.hashes();
  }

  private List<Hash> below(Tile tile) {
    long first = tile.index() * Tile.FULL;
    return value(
        tile.level() == 0
            ? store.leaves(first, tile.width())
            : store.roots(tile.level() - 1, first, tile.width()));
  }

  static <T> T value(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(STORE_TIMEOUT));
  }
}
