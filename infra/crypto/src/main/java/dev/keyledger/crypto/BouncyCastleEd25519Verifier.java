package dev.keyledger.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 in Java alone: works everywhere. */
final class BouncyCastleEd25519Verifier extends Ed25519Verifier {

  @Override
  public String name() {
    return "bouncycastle";
  }

  @Override
  boolean matches(byte[] publicKey, byte[] message, byte[] signature) {
    return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }
}
