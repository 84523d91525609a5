package dev.keyledger.query.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a key's signatures are checked with. */
public sealed interface Credential {

  /**
   * Algorithm {@code ed25519}.
   *
   * @param publicKey 32 bytes, raw; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by what is in it
  record Ed25519(byte[] publicKey) implements Credential {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ed25519(byte[] key) && Arrays.equals(key, publicKey);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(publicKey);
    }
  }

  /** Algorithm {@code hmac-sha256}, with a secret that is derived from the named root key. */
  record HmacSha256(String rootKeyId) implements Credential {}

  /** A key that this version can't check signatures of, so that none fits. */
  record Unusable() implements Credential {}
}
