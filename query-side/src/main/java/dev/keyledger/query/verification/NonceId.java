package dev.keyledger.query.verification;

import dev.keyledger.query.memory.KeyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One nonce of one key, as the first 128 bits of the SHA-256 of both. */
public record NonceId(long high, long low) {

  /** The name of a nonce. */
  public static NonceId of(KeyId key, String nonce) {
    byte[] text = nonce.getBytes(StandardCharsets.UTF_8);
    ByteBuffer both = ByteBuffer.allocate(2 * Long.BYTES + text.length);
    both.putLong(key.high()).putLong(key.low()).put(text);
    ByteBuffer hash = ByteBuffer.wrap(sha256(both.array()));
    return new NonceId(hash.getLong(), hash.getLong());
  }

  /** The 16 bytes of it. */
  public byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  /** Quick and even, since the bits are those of a hash. */
  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
