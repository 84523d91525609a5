package dev.keyledger.command.crypto;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.command.keyring.Tools.KeyMaker;
import dev.keyledger.command.keyring.Tools.NewKey;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.KeyForm;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.crypto.SecretText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Makes API keys. Of a private key or a secret it keeps nothing. */
public final class KeyFactory implements KeyMaker {
  private static final int PUBLIC_BYTES = 16;

  /** RFC 8410 section 3. */
  private static final ASN1ObjectIdentifier ID_ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private final SecureRandom random;
  private final RootKeys rootKeys;
  private final ApiSecrets secrets;

  public KeyFactory(SecureRandom random, RootKeys rootKeys) {
    this.random = random;
    this.rootKeys = rootKeys;
    this.secrets = new ApiSecrets(rootKeys);
  }

  @Override
  public NewKey make(Algorithm algorithm, @Nullable String verificationKey) {
    String publicApiKey = newPublicApiKey();
    return switch (algorithm) {
      case HMAC_SHA256 ->
          new NewKey(
              publicApiKey,
              null,
              rootKeys.current(),
              secrets.derive(rootKeys.current(), publicApiKey));
      case ED25519 ->
          verificationKey != null
              ? new NewKey(publicApiKey, verificationKey, null, null)
              : newPair(publicApiKey);
    };
  }

  @Override
  public boolean isVerificationKey(String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    return Base64.getEncoder().encodeToString(key).equals(base64)
        && Ed25519Verifier.isPublicKey(key);
  }

  private String newPublicApiKey() {
    byte[] bytes = new byte[PUBLIC_BYTES];
    random.nextBytes(bytes);
    return KeyForm.PUBLIC_API_KEY.write(bytes);
  }

  private NewKey newPair(String publicApiKey) {
    Ed25519PrivateKeyParameters pair = new Ed25519PrivateKeyParameters(random);
    return new NewKey(
        publicApiKey,
        Base64.getEncoder().encodeToString(pair.generatePublicKey().getEncoded()),
        null,
        SecretText.of(pem(pair)));
  }

  /**
   * PKCS#8 as in RFC 8410 section 7, version 1. BouncyCastle's own factory writes version 2, with
   * the public key in it, which not every library reads.
   */
  private static String pem(Ed25519PrivateKeyParameters pair) {
    try (StringWriter text = new StringWriter();
        PemWriter pem = new PemWriter(text)) {
      PrivateKeyInfo pkcs8 =
          new PrivateKeyInfo(
              new AlgorithmIdentifier(ID_ED25519), new DEROctetString(pair.getEncoded()));
      pem.writeObject(new PemObject("PRIVATE KEY", pkcs8.getEncoded()));
      pem.flush();
      return text.toString();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
