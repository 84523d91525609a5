package dev.keyledger.query.memory;

/** What a key's signatures are checked with. */
public sealed interface Credential {

  /**
   * Algorithm {@code ed25519}.
   *
   * @param publicKey 32 bytes, raw; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Ed25519(byte[] publicKey) implements Credential {}

  /** Algorithm {@code hmac-sha256}, with a secret that is derived from the named root key. */
  record HmacSha256(String rootKeyId) implements Credential {}

  /** A key that this version can't check signatures of, so that none fits. */
  record Unusable() implements Credential {}
}
