package dev.keyledger.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts with the checksum that keys have, also such as are no keys. */
public final class Checksums {
  private Checksums() {}

  /** The text and six digits. */
  public static String appendTo(String text) {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(body, body.length + Base62.CHECKSUM_DIGITS);
    Base62.writeChecksum(all);
    return new String(all, StandardCharsets.US_ASCII);
  }
}
