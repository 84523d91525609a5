package dev.keyledger.query.views;

import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One live key as its account sees it.
 *
 * @param verificationKey raw Ed25519 public key in Base64; absent for {@code hmac-sha256}
 * @param trustedIps canonical addresses and CIDR ranges; empty means every address
 * @param createdAt RFC 3339, like {@code updatedAt}; text, since it is only ever shown
 * @param expiresAt the first instant at which the key no longer works; absent means never
 */
public record KeyView(
    String publicApiKey,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    List<String> permissions,
    List<String> trustedIps,
    String createdAt,
    String updatedAt,
    @Nullable Instant expiresAt) {

  public KeyView {
    permissions = List.copyOf(permissions);
    trustedIps = List.copyOf(trustedIps);
  }

  static KeyView of(KeyCreated created) {
    return new KeyView(
        created.publicApiKey(),
        created.label(),
        created.algorithm(),
        created.verificationKey(),
        created.permissions(),
        created.trustedIps(),
        created.occurredAt().toString(),
        created.occurredAt().toString(),
        created.expiresAt());
  }

  KeyView with(Rights rights, Instant at) {
    return new KeyView(
        publicApiKey,
        label,
        algorithm,
        verificationKey,
        rights.permissions(),
        rights.trustedIps(),
        createdAt,
        at.toString(),
        expiresAt);
  }

  /** Whether any address may use it: none is named, or a range that holds a whole family is. */
  public boolean unrestricted() {
    return trustedIps.isEmpty() || trustedIps.stream().anyMatch(ip -> ip.endsWith("/0"));
  }

  /** Whether it no longer works at that instant. */
  public boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
