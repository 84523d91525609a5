package dev.keyledger.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a request is signed with. Prints as the name of its algorithm and no more. */
abstract sealed class SigningKey {

  static SigningKey ed25519(String pem) {
    String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
    try {
      byte[] pkcs8 = Base64.getDecoder().decode(base64);
      return new Ed25519(
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | IllegalArgumentException noKey) {
      throw new IllegalArgumentException("This is no Ed25519 private key in PKCS#8 and PEM.");
    }
  }

  static SigningKey hmacSha256(String secret) {
    if (!secret.matches("kl_sec_[0-9A-Za-z]+")) {
      throw new IllegalArgumentException("An API secret begins with kl_sec_.");
    }
    return new HmacSha256(secret.getBytes(StandardCharsets.US_ASCII));
  }

  /** The algorithm's name in RFC 9421, section 6.2.2. */
  abstract String name();

  abstract byte[] sign(byte[] base);

  @Override
  public String toString() {
    return name();
  }

  /** RFC 9421, section 3.3.6. */
  private static final class Ed25519 extends SigningKey {
    private final PrivateKey key;

    private Ed25519(PrivateKey key) {
      this.key = key;
    }

    @Override
    String name() {
      return "ed25519";
    }

    @Override
    byte[] sign(byte[] base) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(base);
        return signature.sign();
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("Every JDK has Ed25519.", impossible);
      }
    }
  }

  /** RFC 9421, section 3.3.3. */
  private static final class HmacSha256 extends SigningKey {
    private final byte[] secret;

    private HmacSha256(byte[] secret) {
      this.secret = secret;
    }

    @Override
    String name() {
      return "hmac-sha256";
    }

    @Override
    byte[] sign(byte[] base) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(base);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("Every JDK has HMAC-SHA-256.", impossible);
      }
    }
  }
}
