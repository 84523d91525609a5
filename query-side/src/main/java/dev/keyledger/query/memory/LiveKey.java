package dev.keyledger.query.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One live key as the verifier needs it, in few bytes.
 *
 * @param expiresAt the first instant at which it no longer works; absent means never
 * @param retiresAt the first instant at which it is gone, for a key that was rotated
 */
public record LiveKey(
    KeyId id,
    String label,
    Credential credential,
    KeyRights rights,
    boolean disabled,
    @Nullable Instant expiresAt,
    @Nullable Instant retiresAt) {

  /** Whether its end is reached at that instant. */
  public boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Whether the grace of a rotated key is over at that instant; its deletion only follows. */
  boolean gone(Instant now) {
    return retiresAt != null && !now.isBefore(retiresAt);
  }
}
