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

  ApiKey with(Rights newRights, Instant at) {
    return new ApiKey(
        publicApiKey, label, algorithm, verificationKey, newRights, createdAt, at, expiresAt);
  }
}
