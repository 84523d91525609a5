package dev.keyledger.query.memory;

import dev.keyledger.crypto.KeyForm;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The 128 bits that a public API key is made of, for look-ups: {@code kl_pub_}, 22 Base62 digits
 * and six of a CRC-32 (contract section 4) are one way to write them, so nothing is lost.
 */
public record KeyId(long high, long low) {
  private static final int BYTES = 2 * Long.BYTES;

  /** The bits of a public API key; empty for a text that is none, a wrong checksum included. */
  public static Optional<KeyId> parse(String text) {
    return KeyForm.PUBLIC_API_KEY.read(text).map(KeyId::of);
  }

  /** The public API key. */
  public String text() {
    return KeyForm.PUBLIC_API_KEY.write(
        ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array());
  }

  /** Quick and even, since the bits are random. */
  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }

  private static KeyId of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new KeyId(buffer.getLong(), buffer.getLong());
  }
}
