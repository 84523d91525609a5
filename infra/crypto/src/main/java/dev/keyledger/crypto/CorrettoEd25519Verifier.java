package dev.keyledger.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ed25519 by the Corretto provider, whose native part exists for few platforms. The provider is
 * used directly and is not registered, so that nothing else in the process changes.
 */
final class CorrettoEd25519Verifier extends Ed25519Verifier {
  private static final Logger LOG = LoggerFactory.getLogger(CorrettoEd25519Verifier.class);
  private static final String ALGORITHM = "Ed25519";
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8410 section 4, up to the 32 bytes of the key. */
  private static final byte[] X509_HEAD = HEX.parseHex("302a300506032b6570032100");

  /** RFC 8032 section 7.1, test 2. */
  private static final byte[] KNOWN_KEY =
      HEX.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  private static final byte[] KNOWN_SIGNATURE =
      HEX.parseHex(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

  private final AmazonCorrettoCryptoProvider provider;

  private CorrettoEd25519Verifier(AmazonCorrettoCryptoProvider provider) {
    this.provider = provider;
  }

  static Optional<Ed25519Verifier> ifItWorks() {
    try {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      if (provider.getLoadingError() != null) {
        LOG.info("The Corretto provider is not for this platform", provider.getLoadingError());
        return Optional.empty();
      }
      CorrettoEd25519Verifier verifier = new CorrettoEd25519Verifier(provider);
      if (provider.runSelfTests() == SelfTestStatus.PASSED && verifier.knowsAnswers()) {
        return Optional.of(verifier);
      }
      LOG.warn("The Corretto provider fails its tests and is not used");
    } catch (LinkageError notThere) {
      LOG.info("The Corretto provider is not for this platform", notThere);
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return "corretto";
  }

  @Override
  boolean matches(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(ALGORITHM, provider);
      verification.initVerify(decoded(publicKey));
      verification.update(message);
      return verification.verify(signature);
    } catch (SignatureException noSignature) {
      return false;
    } catch (GeneralSecurityException noKey) {
      return false;
    }
  }

  private static PublicKey decoded(byte[] publicKey) throws GeneralSecurityException {
    byte[] x509 = Arrays.copyOf(X509_HEAD, X509_HEAD.length + publicKey.length);
    System.arraycopy(publicKey, 0, x509, X509_HEAD.length, publicKey.length);
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
  }

  private boolean knowsAnswers() {
    return matches(KNOWN_KEY, new byte[] {0x72}, KNOWN_SIGNATURE)
        && !matches(KNOWN_KEY, new byte[] {0x73}, KNOWN_SIGNATURE);
  }
}
