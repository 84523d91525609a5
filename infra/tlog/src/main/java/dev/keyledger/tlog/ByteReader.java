package dev.keyledger.tlog;

import java.nio.ByteBuffer;

/** Reads numbers, most significant byte first, and bytes of a known length. */
final class ByteReader {
  private final ByteBuffer rest;

  ByteReader(byte[] bytes) {
    this.rest = ByteBuffer.wrap(bytes);
  }

  boolean hasMore() {
    return rest.hasRemaining();
  }

  int uint8() throws MalformedException {
    require(Byte.BYTES);
    return Byte.toUnsignedInt(rest.get());
  }

  int uint16() throws MalformedException {
    require(Short.BYTES);
    return Short.toUnsignedInt(rest.getShort());
  }

  long uint32() throws MalformedException {
    require(Integer.BYTES);
    return Integer.toUnsignedLong(rest.getInt());
  }

  byte[] bytes(long length) throws MalformedException {
    require(length);
    byte[] bytes = new byte[(int) length];
    rest.get(bytes);
    return bytes;
  }

  void skip(long length) throws MalformedException {
    require(length);
    rest.position(rest.position() + (int) length);
  }

  /** All that is left. */
  byte[] rest() throws MalformedException {
    return bytes(rest.remaining());
  }

  private void require(long bytes) throws MalformedException {
    if (bytes > rest.remaining()) {
      throw new MalformedException(
          "ends too early: %d bytes are needed, %d are left".formatted(bytes, rest.remaining()));
    }
  }
}
