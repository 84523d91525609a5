package dev.keyledger.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * A proof that a log has an entry, complete but for the entry and the log's key (C2SP tlog-proof).
 *
 * @param index of the entry
 * @param inclusion as {@link TiledTree#proveInclusion} made it for the tree of the checkpoint
 * @param checkpoint signed by the log, and perhaps by witnesses
 */
public record LogProof(long index, List<Hash> inclusion, SignedNote checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAX_HASHES = 63;

  public LogProof {
    inclusion = List.copyOf(inclusion);
  }

  /** Reads a proof; what it says in {@code extra} nobody vouches for, so it is left out. */
  public static LogProof parse(String proof) throws MalformedException {
    int end = proof.indexOf("\n\n");
    if (end < 0) {
      throw new MalformedException("a proof without an empty line before its checkpoint");
    }
    List<String> lines = new ArrayList<>(List.of(proof.substring(0, end).split("\n", -1)));
    if (!lines.removeFirst().equals(HEADER)) {
      throw new MalformedException("not a proof of the version that is known here");
    }
    if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
      Base64Text.parse(lines.removeFirst().substring(EXTRA.length()));
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
      throw new MalformedException("a proof without an index");
    }
    long index = Decimal.parse(lines.removeFirst().substring(INDEX.length()));
    if (lines.size() > MAX_HASHES) {
      throw new MalformedException("a proof has at most 63 hashes");
    }
    List<Hash> inclusion = new ArrayList<>();
    for (String line : lines) {
      inclusion.add(Hash.parse(line));
    }
    return new LogProof(index, inclusion, SignedNote.parse(proof.substring(end + 2)));
  }

  /**
   * The checkpoint of a log that has this entry.
   *
   * @param leaf hash of the entry
   * @param log the key of the log
   * @throws MalformedException if what was signed is no checkpoint
   * @throws UnverifiedException if the log didn't sign it, or has no such entry there
   */
  public Checkpoint verify(Hash leaf, VerifierKey log)
      throws MalformedException, UnverifiedException {
    Checkpoint signed = Checkpoint.open(checkpoint, log);
    if (!Proofs.verifyInclusion(leaf, index, signed.size(), inclusion, signed.root())) {
      throw new UnverifiedException("the log does not have the entry at " + index);
    }
    return signed;
  }

  /** In its text form. */
  @Override
  public String toString() {
    StringBuilder proof =
        new StringBuilder(HEADER).append('\n').append(INDEX).append(index).append('\n');
    inclusion.forEach(hash -> proof.append(hash).append('\n'));
    return proof.append('\n').append(checkpoint).toString();
  }
}
