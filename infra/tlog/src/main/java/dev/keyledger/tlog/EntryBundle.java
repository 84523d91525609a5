package dev.keyledger.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The entries of a log beside the tiles of level 0 (C2SP tlog-tiles, "Log entries"). */
public final class EntryBundle {
  /** Bytes that an entry may have: its length is written as two bytes. */
  public static final int MAX_ENTRY = 0xffff;

  private EntryBundle() {}

  /**
   * The bytes of a bundle: each entry after its length, most significant byte first.
   *
   * @param entries 1 to 256, each of at most {@value #MAX_ENTRY} bytes
   * @throws IllegalArgumentException if they are not
   */
  public static byte[] encode(List<byte[]> entries) {
    if (entries.isEmpty() || entries.size() > Tile.FULL) {
      throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + entries.size());
    }
    int size = 0;
    for (byte[] entry : entries) {
      if (entry.length > MAX_ENTRY) {
        throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
      }
      size += Short.BYTES + entry.length;
    }
    ByteBuffer bundle = ByteBuffer.allocate(size);
    entries.forEach(entry -> bundle.putShort((short) entry.length).put(entry));
    return bundle.array();
  }

  /** The entries of a bundle. */
  public static List<byte[]> decode(byte[] bundle) throws MalformedException {
    List<byte[]> entries = new ArrayList<>();
    ByteReader reader = new ByteReader(bundle);
    while (reader.hasMore()) {
      entries.add(reader.bytes(reader.uint16()));
    }
    if (entries.isEmpty() || entries.size() > Tile.FULL) {
      throw new MalformedException("a bundle has 1 to 256 entries, not " + entries.size());
    }
    return entries;
  }
}
