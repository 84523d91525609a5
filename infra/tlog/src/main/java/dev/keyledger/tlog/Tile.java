package dev.keyledger.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a tile in a log (C2SP tlog-tiles, "Merkle Tree" and "Log entries").
 *
 * @param level 0 to 63 for hashes, {@link #ENTRIES} for a bundle of entries
 * @param index of the tile within its level, from 0
 * @param width number of hashes or entries: 256, or fewer in a partial tile
 */
public record Tile(int level, long index, int width) {
  /** The level of entry bundles, which have the places of the tiles of level 0. */
  public static final int ENTRIES = -1;

  /** Hashes in a full tile. */
  public static final int FULL = 256;

  /** Levels of the tree in one level of tiles. */
  static final int HEIGHT = 8;

  private static final int MAX_LEVEL = 63;
  private static final long MAX_INDEX = Long.MAX_VALUE / FULL - 1;
  private static final int PATH_BASE = 1000;
  private static final Pattern PATH =
      Pattern.compile("tile/(entries|\\d{1,2})/((?:x\\d{3}/){0,5})(\\d{3})(?:\\.p/(\\d{1,3}))?");

  /**
   * @throws IllegalArgumentException where there can't be such a tile
   */
  public Tile {
    if (level < ENTRIES || level > MAX_LEVEL) {
      throw new IllegalArgumentException("no level of tiles: " + level);
    }
    if (index < 0 || index > MAX_INDEX) {
      throw new IllegalArgumentException("no index of a tile: " + index);
    }
    if (width < 1 || width > FULL) {
      throw new IllegalArgumentException("no width of a tile: " + width);
    }
  }

  /** In ASCII, whatever digits the default locale has. */
  private static String threeDigits(long index) {
    return String.format(Locale.ROOT, "%03d", index % PATH_BASE);
  }

  /** The tile that has this path, as {@link #path} writes it. */
  public static Tile parse(String path) throws MalformedException {
    Matcher parts = PATH.matcher(path);
    if (parts.matches()) {
      String level = parts.group(1);
      String index = parts.group(2).replaceAll("[x/]", "") + parts.group(3);
      String width = parts.group(4);
      try {
        Tile tile =
            new Tile(
                level.equals("entries") ? ENTRIES : Integer.parseInt(level),
                Long.parseLong(index),
                width == null ? FULL : Integer.parseInt(width));
        if (tile.path().equals(path)) {
          return tile;
        }
      } catch (IllegalArgumentException outOfRange) {
        // refused below
      }
    }
    throw new MalformedException("not the path of a tile");
  }

  /**
   * Where the tile lies below the log's prefix: {@code tile/<L>/<N>[.p/<W>]}, with the index in
   * groups of three digits.
   */
  public String path() {
    String digits = threeDigits(index);
    for (long rest = index / PATH_BASE; rest > 0; rest /= PATH_BASE) {
      digits = "x" + threeDigits(rest) + "/" + digits;
    }
    return "tile/"
        + (isEntries() ? "entries" : Integer.toString(level))
        + "/"
        + digits
        + (isPartial() ? ".p/" + width : "");
  }

  public boolean isEntries() {
    return level == ENTRIES;
  }

  public boolean isPartial() {
    return width < FULL;
  }

  /**
   * Whether a tree of this size has the tile: all of its hashes or entries. A partial tile is one
   * of every tree that is as large, not only of the one whose last tile it is.
   *
   * @param treeSize number of leaves
   */
  public boolean isIn(long treeSize) {
    return index * FULL + width <= hashes(Math.max(level, 0), treeSize);
  }

  /**
   * The tiles of hashes that are new or wider when a tree grows, from low levels to high ones and
   * from left to right. Those of level 0 have bundles of {@link #ENTRIES} beside them.
   *
   * @param from number of leaves that were there
   * @param to number of leaves now
   * @throws IllegalArgumentException if that is no growth
   */
  public static List<Tile> forGrowth(long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a tree does not grow from " + from + " to " + to);
    }
    List<Tile> tiles = new ArrayList<>();
    for (int level = 0; hashes(level, to) > hashes(level, from); level++) {
      long hashes = hashes(level, to);
      for (long index = hashes(level, from) / FULL; index * FULL < hashes; index++) {
        tiles.add(new Tile(level, index, (int) Math.min(FULL, hashes - index * FULL)));
      }
    }
    return tiles;
  }

  /** The tile of a tree with that index, as wide as it is in that tree. */
  static Tile of(int level, long index, long treeSize) {
    return new Tile(level, index, (int) Math.min(FULL, hashes(level, treeSize) - index * FULL));
  }

  /** How many hashes a level of tiles has. */
  static long hashes(int level, long treeSize) {
    int shift = HEIGHT * level;
    return shift < Long.SIZE ? treeSize >> shift : 0;
  }

  @Override
  public String toString() {
    return path();
  }
}
