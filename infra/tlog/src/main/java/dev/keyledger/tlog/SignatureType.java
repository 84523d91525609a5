package dev.keyledger.tlog;

/** What a key of a note signs, and the byte that says so (C2SP signed-note, "Signature types"). */
public enum SignatureType {
  /** The text of the note. */
  ED25519(0x01),

  /** A checkpoint at a time, by a witness (C2SP tlog-cosignature, {@code cosignature/v1}). */
  COSIGNATURE(0x04);

  private final byte identifier;

  SignatureType(int identifier) {
    this.identifier = (byte) identifier;
  }

  byte identifier() {
    return identifier;
  }

  static SignatureType of(byte identifier) throws MalformedException {
    for (SignatureType type : values()) {
      if (type.identifier == identifier) {
        return type;
      }
    }
    throw new MalformedException("signature type %02x is not known".formatted(identifier));
  }
}
