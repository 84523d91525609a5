package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.audit.AuditLog.Inclusion;
import dev.keyledger.tlog.Hash;
import java.util.List;

/**
 * That an event is in the tree of a size; hashes are in Base64.
 *
 * @param hashes the proof (RFC 6962 section 2.1.1), from the leaf up
 */
@JsonPropertyOrder(alphabetic = false)
record InclusionAnswer(long index, String leafHash, long size, String root, List<String> hashes) {

  static InclusionAnswer of(Inclusion proof) {
    return new InclusionAnswer(
        proof.index(),
        proof.leafHash().toString(),
        proof.size(),
        proof.root().toString(),
        proof.hashes().stream().map(Hash::toString).toList());
  }
}
