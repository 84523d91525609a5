package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.audit.AuditLog.Consistency;
import dev.keyledger.tlog.Hash;
import java.util.List;

/**
 * That the tree of a size began as the one of a smaller size; hashes are in Base64.
 *
 * @param hashes the proof (RFC 6962 section 2.1.2)
 */
@JsonPropertyOrder(alphabetic = false)
record ConsistencyAnswer(long from, String fromRoot, long size, String root, List<String> hashes) {

  static ConsistencyAnswer of(Consistency proof) {
    return new ConsistencyAnswer(
        proof.from(),
        proof.fromRoot().toString(),
        proof.size(),
        proof.root().toString(),
        proof.hashes().stream().map(Hash::toString).toList());
  }
}
