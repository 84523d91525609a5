package dev.keyledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.TiledTree;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Lets checkpoints through that the log signed and that fit the tree as it is here. Made for one
 * batch, since it keeps the tiles that it has read. Waits for the store.
 */
final class CheckpointGate {

  /** What becomes of a checkpoint. */
  sealed interface Verdict {
    /** It is right. */
    record Fits(SignedCheckpoint checkpoint) implements Verdict {}

    /** The tree is not as large yet. */
    record Early() implements Verdict {}

    /** It must not be served. */
    record Refused(String reason) implements Verdict {}
  }

  private final VerifierKey key;
  private final long size;
  private final LogTiles tiles;

  /**
   * @param size number of leaves of the tree
   */
  CheckpointGate(LogStore store, VerifierKey key, long size) {
    this.key = key;
    this.size = size;
    this.tiles = new LogTiles(store, size);
  }

  Verdict judge(byte[] note) {
    try {
      Checkpoint checkpoint = Checkpoint.open(note, key);
      if (checkpoint.size() > size) {
        return new Verdict.Early();
      }
      Hash root = new TiledTree(tiles, checkpoint.size()).root();
      return root.equals(checkpoint.root())
          ? new Verdict.Fits(new SignedCheckpoint(checkpoint.size(), new String(note, UTF_8)))
          : new Verdict.Refused("its root is not that of the first " + checkpoint.size());
    } catch (MalformedException | UnverifiedException e) {
      return new Verdict.Refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
