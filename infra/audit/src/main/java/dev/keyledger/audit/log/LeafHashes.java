package dev.keyledger.audit.log;

import dev.keyledger.tlog.Hash;
import java.util.ArrayList;
import java.util.List;

/** The leaf hashes of a stretch of the log, 32 bytes for each. */
final class LeafHashes {
  private static final int CHUNK = 1 << 16;

  private final long first;
  private final List<byte[]> chunks = new ArrayList<>();
  private long next;

  LeafHashes(long first) {
    this.first = first;
    this.next = first;
  }

  /** Adds the hash of the next index. */
  void add(Hash hash) {
    int at = (int) ((next - first) % CHUNK);
    if (at == 0) {
      chunks.add(new byte[CHUNK * Hash.SIZE]);
    }
    hash.copyTo(chunks.getLast(), at);
    next++;
  }

  /** Whether this index of the stretch has that hash. */
  boolean agrees(long index, Hash hash) {
    byte[] chunk = chunks.get((int) ((index - first) / CHUNK));
    return hash.isIn(chunk, (int) ((index - first) % CHUNK));
  }
}
