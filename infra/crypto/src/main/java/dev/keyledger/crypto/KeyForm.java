package dev.keyledger.crypto;

/**
 * The texts that an API key is known by: a prefix, random or derived bytes in Base62, and a
 * checksum that tells secret scanners a key from something that looks like one (contract.md,
 * section 4).
 */
public enum KeyForm {
  /** Names a key, and authorises nothing. 16 bytes. */
  PUBLIC_API_KEY("kl_pub_", 22),
  /** The secret of an {@code hmac-sha256} key. 32 bytes. */
  API_SECRET("kl_sec_", 43);

  private final String prefix;
  private final int digits;

  KeyForm(String prefix, int digits) {
    this.prefix = prefix;
    this.digits = digits;
  }

  /** The bytes in this form. */
  public String write(byte[] bytes) {
    return Base62.withChecksum(prefix + Base62.encode(bytes, digits));
  }

  /** Whether a text starts as this form does, as far as that tells what it was meant to be. */
  public boolean isMeantBy(String text) {
    return text.startsWith(prefix);
  }

  /** Whether a text is of this form, its checksum included. Says nothing of such a key being. */
  public boolean fits(String text) {
    return text.length() == prefix.length() + digits + Base62.CHECKSUM_DIGITS
        && text.startsWith(prefix)
        && Base62.isEncoded(text.substring(prefix.length()))
        && Base62.withChecksum(text.substring(0, prefix.length() + digits)).equals(text);
  }
}
