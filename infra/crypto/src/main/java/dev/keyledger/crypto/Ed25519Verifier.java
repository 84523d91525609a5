package dev.keyledger.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies Ed25519 signatures (RFC 8032, section 5.1.7) with the fastest provider that the platform
 * has. Safe for use by many threads at once; keeps nothing between two calls.
 */
public abstract sealed class Ed25519Verifier
    permits BouncyCastleEd25519Verifier, CorrettoEd25519Verifier {

  /**
   * The Corretto provider where its native part loads and works, else BouncyCastle. To be asked for
   * once, at the start: finding out takes a moment.
   */
  public static Ed25519Verifier fastest() {
    return CorrettoEd25519Verifier.ifItWorks().orElseGet(BouncyCastleEd25519Verifier::new);
  }

  /**
   * Whether these are the 32 bytes of a public key that signatures can safely be verified with: a
   * point in canonical form and in the group of prime order. Takes about as long as a verification,
   * so it is asked when a key is made and not each time that it is used.
   */
  public static boolean isPublicKey(byte[] key) {
    return key.length == Ed25519.PUBLIC_KEY_SIZE && Ed25519.validatePublicKeyFull(key, 0);
  }

  /** Name of the provider, for the log and as a label of metrics: lower-case letters. */
  public abstract String name();

  /**
   * Whether the signature is that of the message. A key that is not in canonical form, or is one of
   * the points of small order for which one signature fits many messages, verifies nothing.
   *
   * @param publicKey 32 bytes, raw
   * @param signature 64 bytes; any other length is no signature
   */
  public final boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
        && signature.length == Ed25519.SIGNATURE_SIZE
        && !WeakPoints.contain(publicKey)
        && matches(publicKey, message, signature);
  }

  abstract boolean matches(byte[] publicKey, byte[] message, byte[] signature);
}
