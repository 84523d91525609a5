package dev.keyledger.command.revocation;

import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.Ed25519Verifier;
import dev.keyledger.crypto.HmacSha256;
import dev.keyledger.crypto.UnknownRootKeyException;
import dev.keyledger.signatures.ParsedSignature.Signature;
import dev.keyledger.signatures.SignedRequest;
import dev.keyledger.signatures.SignedRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proofs of possession that don't show the secret: a request to revoke, signed with the key as any
 * other request is (RFC 9421), and made a short while ago.
 */
final class Proofs {
  private static final String METHOD = "POST";
  private static final String PATH = "/v1/revocations";
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final KeyHandles handles;
  private final ApiSecrets secrets;
  private final Supplier<Ed25519Verifier> ed25519;
  private final InstantSource clock;

  Proofs(
      KeyHandles handles,
      ApiSecrets secrets,
      Supplier<Ed25519Verifier> ed25519,
      InstantSource clock) {
    this.handles = handles;
    this.secrets = secrets;
    this.ed25519 = ed25519;
    this.clock = clock;
  }

  /** The key that the request was signed with; empty if it proves nothing. */
  Optional<KeyHandle> keyOf(SignedRequest request) {
    if (!isRevocation(request)
        || !(SignedRequests.parse(request) instanceof Signature signature)
        || !isOfNow(signature, clock.instant())) {
      return Optional.empty();
    }
    // Asked for whatever the key is, so that the first proof's time tells nothing of it.
    Ed25519Verifier verifier = ed25519.get();
    return handles.of(signature.keyId()).filter(key -> isSignedWith(key, signature, verifier));
  }

  private static boolean isRevocation(SignedRequest request) {
    String path = request.targetUri().getRawPath();
    return request.method().equals(METHOD) && path != null && path.endsWith(PATH);
  }

  private static boolean isOfNow(Signature signature, Instant now) {
    return !signature.created().isBefore(now.minus(OLDEST))
        && !signature.created().isAfter(now.plus(AHEAD))
        && (signature.expires() == null || now.isBefore(signature.expires()));
  }

  private boolean isSignedWith(KeyHandle key, Signature signature, Ed25519Verifier verifier) {
    return (signature.alg() == null || signature.alg().equals(key.algorithm().publicName()))
        && switch (key.algorithm()) {
          case ED25519 ->
              key.fingerprint() != null
                  && verifier.verify(
                      Base64.getDecoder().decode(key.fingerprint()),
                      signature.base(),
                      signature.signature());
          case HMAC_SHA256 -> key.secretRootKeyId() != null && isMac(key, signature);
        };
  }

  private boolean isMac(KeyHandle key, Signature signature) {
    try {
      return HmacSha256.verify(
          secrets.derive(
              java.util.Objects.requireNonNull(key.secretRootKeyId()), key.publicApiKey()),
          signature.base(),
          signature.signature());
    } catch (UnknownRootKeyException missing) {
      return false;
    }
  }
}
