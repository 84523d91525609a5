package dev.keyledger.tlog;

import java.util.Base64;

/** Base64 (RFC 4648, section 4) in its one canonical form: padded, without stray bits. */
final class Base64Text {
  private Base64Text() {}

  static String of(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] parse(String text) throws MalformedException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The decoder of the JDK takes a missing padding and stray bits for right.
      if (of(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below
    }
    throw new MalformedException("not base64 in canonical form");
  }
}
