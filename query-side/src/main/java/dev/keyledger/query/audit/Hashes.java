package dev.keyledger.query.audit;

import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Hashes side by side, as they lie in tiles. */
public final class Hashes {
  private Hashes() {}

  /** The bytes of all of them. */
  public static byte[] join(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.SIZE];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i).bytes(), 0, bytes, i * Hash.SIZE, Hash.SIZE);
    }
    return bytes;
  }

  /** The hashes that these bytes are; what is left over at the end is passed over. */
  public static List<Hash> split(byte[] bytes) {
    List<Hash> hashes = new ArrayList<>();
    for (int at = 0; at + Hash.SIZE <= bytes.length; at += Hash.SIZE) {
      hashes.add(hash(Arrays.copyOfRange(bytes, at, at + Hash.SIZE)));
    }
    return hashes;
  }

  private static Hash hash(byte[] bytes) {
    try {
      return Hash.of(bytes);
    } catch (MalformedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
