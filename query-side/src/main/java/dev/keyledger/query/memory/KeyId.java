package dev.keyledger.query.memory;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The 128 bits that a public API key is made of, for look-ups: {@code kl_pub_}, 22 Base62 digits
 * and six of a CRC-32 (contract section 4) are one way to write them, so nothing is lost.
 */
public record KeyId(long high, long low) {
  private static final String PREFIX = "kl_pub_";
  private static final int DIGITS = 22;
  private static final int CHECKSUM_DIGITS = 6;
  private static final int BASE = 62;
  private static final int BYTES = 2 * Long.BYTES;

  /** As many digits as a long has room for. */
  private static final int CHUNK_DIGITS = 10;

  private static final BigInteger CHUNK = BigInteger.valueOf(BASE).pow(CHUNK_DIGITS);
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The bits of a public API key; empty for a text that is none, a wrong checksum included. */
  public static Optional<KeyId> parse(String text) {
    int body = PREFIX.length() + DIGITS;
    if (text.length() != body + CHECKSUM_DIGITS || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    long high = 0;
    long low = 0;
    for (int i = PREFIX.length(); i < body; i++) {
      int digit = digit(text.charAt(i));
      long carry = Math.unsignedMultiplyHigh(low, BASE);
      long product = low * BASE;
      low = product + digit;
      if (Long.compareUnsigned(low, product) < 0) {
        carry++;
      }
      if (digit < 0 || Math.unsignedMultiplyHigh(high, BASE) != 0) {
        return Optional.empty();
      }
      product = high * BASE;
      high = product + carry;
      if (Long.compareUnsigned(high, product) < 0) {
        return Optional.empty();
      }
    }
    return checksumFits(text, body) ? Optional.of(new KeyId(high, low)) : Optional.empty();
  }

  /** The public API key. */
  public String text() {
    char[] text = new char[PREFIX.length() + DIGITS + CHECKSUM_DIGITS];
    PREFIX.getChars(0, PREFIX.length(), text, 0);
    int body = PREFIX.length() + DIGITS;
    BigInteger rest =
        new BigInteger(1, ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array());
    for (int end = body; end > PREFIX.length(); end -= CHUNK_DIGITS) {
      BigInteger[] parts = rest.divideAndRemainder(CHUNK);
      write(parts[1].longValue(), text, Math.max(PREFIX.length(), end - CHUNK_DIGITS), end);
      rest = parts[0];
    }
    long checksum = checksum(new String(text, 0, body));
    write(checksum, text, body, text.length);
    return new String(text);
  }

  /** Quick and even, since the bits are random. */
  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }

  /** Writes a number with as many digits as there is room for. */
  private static void write(long number, char[] text, int from, int to) {
    long rest = number;
    for (int i = to - 1; i >= from; i--) {
      text[i] = ALPHABET.charAt((int) (rest % BASE));
      rest /= BASE;
    }
  }

  private static boolean checksumFits(String text, int body) {
    long given = 0;
    for (int i = body; i < text.length(); i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        return false;
      }
      given = given * BASE + digit;
    }
    return given == checksum(text.substring(0, body));
  }

  private static long checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 36 : -1;
  }
}
