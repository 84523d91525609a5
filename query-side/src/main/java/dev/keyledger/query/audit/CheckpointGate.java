package dev.keyledger.query.audit;

import static dev.keyledger.query.audit.LogTiles.STORE_TIMEOUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.MalformedException;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.TiledTree;
import dev.keyledger.tlog.UnverifiedException;
import dev.keyledger.tlog.VerifiedSignature;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Lets checkpoints through that the log signed and that fit the tree as it is here. Made for one
 * batch, since it keeps the tiles that it has read. Waits for the store.
 *
 * <p>A key that was replaced counts for trees that were signed when it was: as soon as a newer key
 * has signed one, no larger one is believed in the name of an older.
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

  private final List<VerifierKey> keys;
  private final long size;
  private final LogTiles tiles;

  /** The newest key that has signed, as its place in the list, and the largest tree it signed. */
  private int newestUsed;

  private long signedWithIt;

  /**
   * @param keys newest first
   * @param size number of leaves of the tree
   */
  CheckpointGate(LogStore store, List<VerifierKey> keys, long size) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("checkpoints are judged with a key");
    }
    this.keys = keys;
    this.size = size;
    this.tiles = new LogTiles(store, size);
    this.newestUsed = keys.size() - 1;
    SignedCheckpoint known = store.checkpoint().block(STORE_TIMEOUT);
    if (known != null) {
      remember(known);
    }
  }

  Verdict judge(byte[] note) {
    try {
      int signer = signer(note);
      Checkpoint checkpoint = Checkpoint.open(note, keys.get(signer));
      if (signer > newestUsed && checkpoint.size() > signedWithIt) {
        return new Verdict.Refused("a key signed it that had been replaced");
      }
      if (checkpoint.size() > size) {
        return new Verdict.Early();
      }
      Hash root = new TiledTree(tiles, checkpoint.size()).root();
      if (!root.equals(checkpoint.root())) {
        return new Verdict.Refused("its root is not that of the first " + checkpoint.size());
      }
      used(signer, checkpoint.size());
      return new Verdict.Fits(new SignedCheckpoint(checkpoint.size(), new String(note, UTF_8)));
    } catch (MalformedException | UnverifiedException e) {
      return new Verdict.Refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest of the keys that signed. */
  private int signer(byte[] note) throws MalformedException, UnverifiedException {
    List<VerifierKey> signers =
        SignedNote.parse(note).verify(keys).stream().map(VerifiedSignature::key).toList();
    return signers.stream().mapToInt(keys::indexOf).min().orElseThrow();
  }

  private void used(int signer, long signed) {
    if (signer < newestUsed) {
      newestUsed = signer;
      signedWithIt = signed;
    } else if (signer == newestUsed) {
      signedWithIt = Math.max(signedWithIt, signed);
    }
  }

  /** Learns from what was let through before. */
  private void remember(SignedCheckpoint known) {
    try {
      used(signer(known.note().getBytes(UTF_8)), known.size());
    } catch (MalformedException | UnverifiedException _) {
      // Signed with a key that nobody knows here any more: all that are known may go on from it.
    }
  }
}
