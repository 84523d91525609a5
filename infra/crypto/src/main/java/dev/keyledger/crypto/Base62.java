package dev.keyledger.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Numbers in the digits 0–9, A–Z, a–z, most significant first, left-padded with 0. Keys are read
 * with each request, so texts are handled as bytes of US-ASCII and numbers as words of 32 bits,
 * most significant first, several digits at a time.
 */
public final class Base62 {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BASE = 62;
  private static final byte[] VALUES = values();

  /** As many digits as an int has room for, and the power of the base that is one more. */
  private static final int CHUNK_DIGITS = 5;

  private static final int CHUNK = BASE * BASE * BASE * BASE * BASE;
  static final int CHECKSUM_DIGITS = 6;

  private Base62() {}

  /**
   * The bytes as one unsigned number, most significant byte first, in the given length.
   *
   * @throws IllegalArgumentException if it has more digits
   */
  public static String encode(byte[] bytes, int length) {
    byte[] text = new byte[length];
    write(bytes, text, 0, length);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Writes an unsigned number with as many digits as there is room for. */
  static void write(byte[] number, byte[] text, int from, int to) {
    int[] words = new int[Math.ceilDiv(number.length, Integer.BYTES)];
    for (int i = 0; i < number.length; i++) {
      int place = number.length - 1 - i;
      words[words.length - 1 - place / Integer.BYTES] |=
          Byte.toUnsignedInt(number[i]) << (place % Integer.BYTES * Byte.SIZE);
    }
    write(words, text, from, to);
  }

  /** Writes a text's last six digits: CRC-32 (IEEE 802.3) over all before, for secret scanners. */
  static void writeChecksum(byte[] text) {
    int body = text.length - CHECKSUM_DIGITS;
    CRC32 crc = new CRC32();
    crc.update(text, 0, body);
    write(new int[] {(int) crc.getValue()}, text, body, text.length);
  }

  /** Whether a text's last six digits are the checksum of all before. */
  static boolean checksumFits(byte[] text) {
    byte[] right = text.clone();
    writeChecksum(right);
    return Arrays.equals(right, text);
  }

  /**
   * The number that a part of a text tells; empty if it is none, or needs more bytes than that.
   *
   * @param size of the number in bytes, a multiple of four
   */
  static Optional<byte[]> read(byte[] text, int from, int to, int size) {
    int[] words = new int[size / Integer.BYTES];
    int chunk = 0;
    boolean fits = true;
    for (int i = from; i < to && fits; i++) {
      int value = text[i] < 0 ? -1 : VALUES[text[i]];
      chunk = chunk * BASE + value;
      fits = value >= 0;
      if ((to - i) % CHUNK_DIGITS == 1) {
        fits &= append(words, chunk) == 0;
        chunk = 0;
      }
    }
    if (!fits) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.asIntBuffer().put(words);
    return Optional.of(bytes.array());
  }

  private static void write(int[] words, byte[] text, int from, int to) {
    int over = 0;
    for (int end = to; end > from; end -= CHUNK_DIGITS) {
      int chunk = cut(words);
      for (int i = end - 1; i >= Math.max(from, end - CHUNK_DIGITS); i--) {
        text[i] = (byte) DIGITS.charAt(chunk % BASE);
        chunk /= BASE;
      }
      over |= chunk;
    }
    for (int word : words) {
      over |= word;
    }
    if (over != 0) {
      throw new IllegalArgumentException("The number has more than " + (to - from) + " digits.");
    }
  }

  /** Puts a chunk of digits behind a number; returns what there is no room for. */
  private static long append(int[] words, int chunk) {
    long carry = chunk;
    for (int i = words.length - 1; i >= 0; i--) {
      carry += Integer.toUnsignedLong(words[i]) * CHUNK;
      words[i] = (int) carry;
      carry >>>= Integer.SIZE;
    }
    return carry;
  }

  /** Takes the last chunk of digits from a number. */
  private static int cut(int[] words) {
    long rest = 0;
    for (int i = 0; i < words.length; i++) {
      long part = (rest << Integer.SIZE) | Integer.toUnsignedLong(words[i]);
      words[i] = (int) (part / CHUNK);
      rest = part % CHUNK;
    }
    return (int) rest;
  }

  private static byte[] values() {
    byte[] values = new byte[Byte.MAX_VALUE + 1];
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < BASE; value++) {
      values[DIGITS.charAt(value)] = (byte) value;
    }
    return values;
  }
}
