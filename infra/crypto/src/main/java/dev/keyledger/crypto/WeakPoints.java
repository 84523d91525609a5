package dev.keyledger.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Encodings of Ed25519 points that a key must not be: those whose y is not below p = 2^255 - 19
 * (RFC 8032, section 5.1.3), and the eight points of small order. Cheap enough to be looked for at
 * each verification.
 */
final class WeakPoints {
  private static final int LAST = 31;

  /** The y of the points of small order, sign bit off: 0, 1, p - 1, and the two of order eight. */
  private static final List<byte[]> SMALL_ORDER =
      List.of(
          HexFormat.of()
              .parseHex("0000000000000000000000000000000000000000000000000000000000000000"),
          HexFormat.of()
              .parseHex("0100000000000000000000000000000000000000000000000000000000000000"),
          HexFormat.of()
              .parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          HexFormat.of()
              .parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
          HexFormat.of()
              .parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

  private WeakPoints() {}

  static boolean contain(byte[] point) {
    return !isBelowP(point) || SMALL_ORDER.stream().anyMatch(weak -> sameY(weak, point));
  }

  private static boolean isBelowP(byte[] point) {
    if ((point[LAST] & 0x7f) != 0x7f || (point[0] & 0xff) < 0xed) {
      return true;
    }
    for (int i = 1; i < LAST; i++) {
      if ((point[i] & 0xff) != 0xff) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameY(byte[] weak, byte[] point) {
    return (point[LAST] & 0x7f) == weak[LAST] && Arrays.equals(weak, 0, LAST, point, 0, LAST);
  }
}
