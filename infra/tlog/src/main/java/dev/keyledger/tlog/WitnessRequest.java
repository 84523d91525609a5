package dev.keyledger.tlog;

import java.util.List;

/**
 * Asks a witness for its cosignature (C2SP tlog-witness, "add-checkpoint"). It answers 200 with
 * lines for {@link NoteSignature#parseLines}, or 409 with the size that it knows.
 *
 * @param knownSize of the tree that the witness cosigned last, 0 if none
 * @param consistency as {@link TiledTree#proveConsistency} made it from that size
 * @param checkpoint signed by the log
 */
public record WitnessRequest(long knownSize, List<Hash> consistency, SignedNote checkpoint) {
  public WitnessRequest {
    consistency = List.copyOf(consistency);
  }

  /** The body of the request. */
  @Override
  public String toString() {
    StringBuilder body = new StringBuilder("old ").append(knownSize).append('\n');
    consistency.forEach(hash -> body.append(hash).append('\n'));
    return body.append('\n').append(checkpoint).toString();
  }
}
