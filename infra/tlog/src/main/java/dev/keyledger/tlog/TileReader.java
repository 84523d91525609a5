package dev.keyledger.tlog;

import java.io.IOException;

/** Where the tiles of a log are read from. */
@FunctionalInterface
public interface TileReader {
  /**
   * The hashes of a tile, 32 bytes each.
   *
   * @return at least as many as the tile is wide; a wider tile may stand in for a partial one
   *     (tlog-tiles, "Partial Tiles")
   * @throws IOException if the tile isn't there or can't be read
   */
  byte[] read(Tile tile) throws IOException;
}
