package dev.keyledger.signatures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a request's signature when it was read. */
public sealed interface ParsedSignature {

  /** There is no signature that could be checked. */
  record Refused(Reason reason) implements ParsedSignature {}

  /**
   * A signature to be checked with the key that it names.
   *
   * @param created when it was made, by the signer's clock, to the second
   * @param expires until when the signer stands by it
   * @param nonce 1 to 64 characters
   * @param alg the algorithm, if the signer named one
   * @param base the bytes that were signed (RFC 9421, section 2.5)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Signature(
      String keyId,
      Instant created,
      @Nullable Instant expires,
      String nonce,
      @Nullable String alg,
      byte[] base,
      byte[] signature)
      implements ParsedSignature {}
}
