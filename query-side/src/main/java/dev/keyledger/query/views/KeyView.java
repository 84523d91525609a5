package dev.keyledger.query.views;

import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.Rights;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One live key as its account sees it.
 *
 * @param verificationKey raw Ed25519 public key in Base64; absent for {@code hmac-sha256}
 * @param secretRootKeyId names the root key that the secret is derived from; absent for {@code
 *     ed25519}
 * @param disabledReason why it is disabled; absent while it isn't
 * @param expiresAt the first instant at which the key no longer works; absent means never
 * @param retiresAt the first instant at which a rotated key is gone; absent for others
 * @param rotatedTo the key that took its place
 * @param rotatedFrom the key whose place it took
 * @param createdAt RFC 3339, like {@code updatedAt}; text, since it is only ever shown
 */
public record KeyView(
    String publicApiKey,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    @Nullable String secretRootKeyId,
    Rights rights,
    @Nullable String disabledReason,
    @Nullable Instant expiresAt,
    @Nullable Instant retiresAt,
    @Nullable String rotatedTo,
    @Nullable String rotatedFrom,
    String createdAt,
    String updatedAt) {

  static KeyView of(KeyCreated created) {
    String at = created.occurredAt().toString();
    return new KeyView(
        created.publicApiKey(),
        created.label(),
        created.algorithm(),
        created.verificationKey(),
        created.secretRootKeyId(),
        new Rights(created.permissions(), created.trustedIps(), created.rateLimit()),
        null,
        created.expiresAt(),
        null,
        null,
        null,
        at,
        at);
  }

  /** The new key of a rotation. */
  static KeyView of(KeyRotated rotated) {
    String at = rotated.occurredAt().toString();
    return new KeyView(
        rotated.newPublicApiKey(),
        rotated.label(),
        rotated.algorithm(),
        rotated.verificationKey(),
        rotated.secretRootKeyId(),
        rotated.rights(),
        null,
        rotated.expiresAt(),
        null,
        null,
        rotated.publicApiKey(),
        at,
        at);
  }

  KeyView with(Rights replaced, Instant at) {
    return changed(replaced, disabledReason, expiresAt, retiresAt, rotatedTo, at);
  }

  KeyView ending(@Nullable Instant end, Instant at) {
    return changed(rights, disabledReason, end, retiresAt, rotatedTo, at);
  }

  KeyView disabled(@Nullable String reason, Instant at) {
    return changed(rights, reason, expiresAt, retiresAt, rotatedTo, at);
  }

  KeyView retiring(String successor, Instant end, Instant at) {
    return changed(rights, disabledReason, expiresAt, end, successor, at);
  }

  /** What it is at that instant; to be asked only of a key that is not {@link #gone}. */
  public KeyState state(Instant now) {
    if (reached(expiresAt, now)) {
      return KeyState.EXPIRED;
    }
    if (disabledReason != null) {
      return KeyState.DISABLED;
    }
    return retiresAt != null ? KeyState.RETIRING : KeyState.ACTIVE;
  }

  /** Whether the grace of a rotated key is over at that instant; its deletion only follows. */
  public boolean gone(Instant now) {
    return reached(retiresAt, now);
  }

  private static boolean reached(@Nullable Instant end, Instant now) {
    return end != null && !now.isBefore(end);
  }

  private KeyView changed(
      Rights newRights,
      @Nullable String newDisabledReason,
      @Nullable Instant newExpiresAt,
      @Nullable Instant newRetiresAt,
      @Nullable String newRotatedTo,
      Instant at) {
    return new KeyView(
        publicApiKey,
        label,
        algorithm,
        verificationKey,
        secretRootKeyId,
        newRights,
        newDisabledReason,
        newExpiresAt,
        newRetiresAt,
        newRotatedTo,
        rotatedFrom,
        createdAt,
        at.toString());
  }
}
