package dev.keyledger.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The texts that an API key is known by: a prefix, random or derived bytes in Base62, and a
 * checksum that tells secret scanners a key from something that looks like one (contract.md,
 * section 4).
 */
public enum KeyForm {
  /** Names a key, and authorises nothing. */
  PUBLIC_API_KEY("kl_pub_", 16, 22),
  /** The secret of an {@code hmac-sha256} key. */
  API_SECRET("kl_sec_", 32, 43);

  private final String prefix;
  private final int bytes;
  private final int body;
  private final int length;

  KeyForm(String prefix, int bytes, int digits) {
    this.prefix = prefix;
    this.bytes = bytes;
    this.body = prefix.length() + digits;
    this.length = body + Base62.CHECKSUM_DIGITS;
  }

  /** The bytes in this form: 16 of a public API key, 32 of a secret. */
  public String write(byte[] number) {
    byte[] text = Arrays.copyOf(prefix.getBytes(StandardCharsets.US_ASCII), length);
    Base62.write(number, text, prefix.length(), body);
    Base62.writeChecksum(text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** The bytes that a text of this form was made of; empty if it is none. */
  public Optional<byte[]> read(String text) {
    if (text.length() != length || !text.startsWith(prefix)) {
      return Optional.empty();
    }
    // Characters beyond US-ASCII become negative bytes, which are no digits.
    byte[] read = text.getBytes(StandardCharsets.UTF_8);
    return read.length == length && Base62.checksumFits(read)
        ? Base62.read(read, prefix.length(), body, bytes)
        : Optional.empty();
  }

  /** Whether a text is of this form, its checksum included. Says nothing of such a key being. */
  public boolean fits(String text) {
    return read(text).isPresent();
  }
}
