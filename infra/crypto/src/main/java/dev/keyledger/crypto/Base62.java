package dev.keyledger.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Numbers in the digits 0–9, A–Z, a–z, most significant first, left-padded with 0. */
public final class Base62 {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  static final int CHECKSUM_DIGITS = 6;

  private Base62() {}

  /** The bytes as one unsigned number, most significant byte first, in the given length. */
  public static String encode(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder(length);
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    while (text.length() < length) {
      text.append('0');
    }
    return text.reverse().toString();
  }

  /** The text and six digits of CRC-32 (IEEE 802.3) over its characters, for secret scanners. */
  public static String withChecksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    byte[] value = BigInteger.valueOf(crc.getValue()).toByteArray();
    return text + encode(value, CHECKSUM_DIGITS);
  }

  /** Whether a text consists of these digits alone. */
  static boolean isEncoded(String text) {
    return text.chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0);
  }
}
