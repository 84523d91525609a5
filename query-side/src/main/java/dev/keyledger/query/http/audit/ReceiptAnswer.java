package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.audit.AuditLog.Receipt;
import dev.keyledger.tlog.Hash;
import java.util.Base64;
import java.util.List;

/**
 * Proves that an event is in the log, to whoever has the log's public key.
 *
 * @param checkpoint the signed note
 * @param inclusionProof hashes in Base64, from the leaf up (RFC 6962 section 2.1.1)
 * @param entry the event as it is hashed, in Base64
 * @param leafHash its hash in Base64: what the proof begins with
 */
@JsonPropertyOrder(alphabetic = false)
record ReceiptAnswer(
    String checkpoint, long logIndex, List<String> inclusionProof, String entry, String leafHash) {

  static ReceiptAnswer of(Receipt receipt) {
    return new ReceiptAnswer(
        receipt.checkpoint().note(),
        receipt.event().index(),
        receipt.inclusion().stream().map(Hash::toString).toList(),
        Base64.getEncoder().encodeToString(receipt.event().entry().bytes()),
        receipt.event().entry().leafHash().toString());
  }
}
