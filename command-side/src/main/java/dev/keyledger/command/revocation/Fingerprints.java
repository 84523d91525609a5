package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.crypto.KeyForm;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** What a secret is recognised by: something that follows from it and does not lead back. */
final class Fingerprints {
  /** A PKCS#8 PEM of an Ed25519 key has about 120 characters. */
  private static final int LONGEST = 1_024;

  /** Of no secret. */
  static final Fingerprint NONE = new Fingerprint(Algorithm.HMAC_SHA256, "");

  private Fingerprints() {}

  /** A fingerprint, and which keys have such. */
  record Fingerprint(Algorithm algorithm, String value) {}

  /** Of a secret as its holder was shown it; empty if it is not of that form. */
  static Optional<Fingerprint> of(String secret) {
    if (secret.length() > LONGEST) {
      return Optional.empty();
    }
    String text = secret.strip();
    return KeyForm.API_SECRET.fits(text)
        ? Optional.of(new Fingerprint(Algorithm.HMAC_SHA256, ofApiSecret(text)))
        : publicKeyOf(text).map(key -> new Fingerprint(Algorithm.ED25519, key));
  }

  /** Of the secret of an {@code hmac-sha256} key. */
  static String ofApiSecret(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }

  /** The raw public key in Base64 of a private key in PKCS#8 PEM (RFC 8410 section 7). */
  private static Optional<String> publicKeyOf(String pem) {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject found = reader.readPemObject();
      return found != null
              && PrivateKeyFactory.createKey(PrivateKeyInfo.getInstance(found.getContent()))
                  instanceof Ed25519PrivateKeyParameters key
          ? Optional.of(Base64.getEncoder().encodeToString(key.generatePublicKey().getEncoded()))
          : Optional.empty();
    } catch (IOException | RuntimeException notOne) {
      // BouncyCastle has many words for it; all of them say that this is no such key.
      return Optional.empty();
    }
  }
}
