package dev.keyledger.query.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.HmacSha256;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.crypto.UnknownRootKeyException;
import dev.keyledger.query.memory.Credential;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.signatures.ParsedSignature.Signature;
import java.time.Duration;

/**
 * Checks signatures with the algorithm of the key, whatever the request says of it. Derived secrets
 * are kept in memory while they are in use, a bounded number of them and nowhere else.
 */
class Signatures {
  private static final Duration UNUSED_FOR = Duration.ofMinutes(10);
  private static final int MOST_SECRETS = 20_000;
  private static final int ED25519_BYTES = 64;

  /** RFC 8032 section 7.1, test 2: some key, for those that are not there. */
  private static final byte[] SOME_KEY =
      java.util.HexFormat.of()
          .parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  private static final SecretText SOME_SECRET = SecretText.of("kl_sec_");

  private final Ed25519Verifier ed25519;
  private final ApiSecrets secrets;
  private final Cache<KeyId, SecretText> derived =
      Caffeine.newBuilder().expireAfterAccess(UNUSED_FOR).maximumSize(MOST_SECRETS).build();

  Signatures(Ed25519Verifier ed25519, ApiSecrets secrets) {
    this.ed25519 = ed25519;
    this.secrets = secrets;
  }

  /**
   * Whether a key made the signature.
   *
   * @throws UnknownRootKeyException if its secret can't be derived here
   */
  boolean fit(KeyId key, Credential credential, Signature signature) {
    return switch (credential) {
      case Credential.Ed25519(byte[] publicKey) ->
          ed25519.verify(publicKey, signature.base(), signature.signature());
      case Credential.HmacSha256(String rootKeyId) ->
          HmacSha256.verify(secret(key, rootKeyId), signature.base(), signature.signature());
      case Credential.Unusable _ -> false;
    };
  }

  /** Takes as long as for a key that is there. */
  void pretend(Signature signature) {
    boolean _ =
        signature.signature().length == ED25519_BYTES
            ? ed25519.verify(SOME_KEY, signature.base(), signature.signature())
            : HmacSha256.verify(SOME_SECRET, signature.base(), signature.signature());
  }

  /** What {@code alg} says of such a key (RFC 9421 section 6.2.2). */
  static String algorithm(Credential credential) {
    return switch (credential) {
      case Credential.Ed25519 _ -> "ed25519";
      case Credential.HmacSha256 _ -> "hmac-sha256";
      case Credential.Unusable _ -> "";
    };
  }

  private SecretText secret(KeyId key, String rootKeyId) {
    return derived.get(key, id -> secrets.derive(rootKeyId, id.text()));
  }
}
