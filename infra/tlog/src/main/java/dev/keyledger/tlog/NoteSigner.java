package dev.keyledger.tlog;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs notes with an Ed25519 key (C2SP signed-note, "Ed25519 signatures"). Safe for use by several
 * threads; its text form does not tell the key.
 */
public final class NoteSigner {
  private final byte[] privateKey;
  private final VerifierKey verifierKey;

  private NoteSigner(byte[] privateKey, VerifierKey verifierKey) {
    this.privateKey = privateKey;
    this.verifierKey = verifierKey;
  }

  /**
   * A signer with this key.
   *
   * @param name of the key; for a log, its origin
   * @param privateKey 32 bytes (RFC 8032, section 5.1.5)
   */
  public static NoteSigner of(String name, byte[] privateKey) throws MalformedException {
    if (privateKey.length != Ed25519.SECRET_KEY_SIZE) {
      throw new MalformedException("a private key of Ed25519 has 32 bytes");
    }
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(privateKey, 0, publicKey, 0);
    return new NoteSigner(
        privateKey.clone(), VerifierKey.of(name, SignatureType.ED25519, publicKey));
  }

  /** What others verify the signatures with. */
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  NoteSignature sign(String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(privateKey, 0, message, 0, message.length, signature, 0);
    return new NoteSignature(verifierKey.name(), verifierKey.id(), signature);
  }

  @Override
  public String toString() {
    return "signer of " + verifierKey;
  }
}
