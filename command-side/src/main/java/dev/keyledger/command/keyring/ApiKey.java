package dev.keyledger.command.keyring;

import dev.keyledger.events.Rights;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live key of the ring. Nothing in it is secret.
 *
 * @param verificationKey raw Ed25519 public key in Base64; null for {@code hmac-sha256}
 * @param expiresAt the first instant at which it no longer works; null for never
 */
public record ApiKey(
    String publicApiKey,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    Rights rights,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt) {

  /** Whether any address may use it: none is named, or a range that holds a whole family is. */
  public boolean isUnrestricted() {
    return TrustedIps.isUnrestricted(rights.trustedIps());
  }

  /** Whether it no longer works at that instant. */
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  ApiKey with(Rights newRights, Instant at) {
    return new ApiKey(
        publicApiKey, label, algorithm, verificationKey, newRights, createdAt, at, expiresAt);
  }
}
