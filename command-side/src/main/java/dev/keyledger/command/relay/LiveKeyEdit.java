package dev.keyledger.command.relay;

import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that an event is changing: what can change about it. */
final class LiveKeyEdit {
  private static final String EXPIRED = "expired";
  private static final List<String> UNRESTRICTED_IP = List.of("unrestricted-ip");

  Rights rights;
  @Nullable String disabledReason;
  @Nullable Instant expiresAt;
  @Nullable Instant retiresAt;
  @Nullable String rotatedTo;

  /** Once it was told, it stays: the clock of the node that decides next may be a little late. */
  boolean expired;

  private final LiveKey key;

  LiveKeyEdit(LiveKey key) {
    this.key = key;
    rights = new Rights(key.permissions(), key.trustedIps(), key.rateLimit());
    disabledReason = key.disabledReason();
    expiresAt = key.expiresAt();
    retiresAt = key.retiresAt();
    rotatedTo = key.rotatedTo();
    expired = key.state().equals(EXPIRED);
  }

  /**
   * A new key.
   *
   * @param rotatedFrom the key whose place it takes; null if it takes none
   */
  static LiveKey made(
      PlacedEvent by,
      String publicApiKey,
      String label,
      String algorithm,
      @Nullable String verificationKey,
      Rights rights,
      @Nullable Instant expiresAt,
      @Nullable String rotatedFrom) {
    boolean open = rights.openToAll();
    Instant at = by.event().occurredAt();
    return new LiveKey(
        publicApiKey,
        by.event().accountId(),
        label,
        algorithm,
        verificationKey,
        rights.permissions(),
        access(open),
        rights.trustedIps(),
        warnings(open),
        rights.rateLimit(),
        "active",
        null,
        null,
        null,
        rotatedFrom,
        at,
        at,
        expiresAt,
        by.position(),
        by.logIndex());
  }

  /** The key as it is now. */
  LiveKey by(PlacedEvent event) {
    boolean open = rights.openToAll();
    Instant at = event.event().occurredAt();
    return new LiveKey(
        key.publicApiKey(),
        key.accountId(),
        key.label(),
        key.algorithm(),
        key.verificationKey(),
        rights.permissions(),
        access(open),
        rights.trustedIps(),
        warnings(open),
        rights.rateLimit(),
        state(at),
        disabledReason,
        retiresAt,
        rotatedTo,
        key.rotatedFrom(),
        key.createdAt(),
        // That its end has come changes nothing of what its account wanted.
        event.event() instanceof KeyExpired ? key.updatedAt() : at,
        expiresAt,
        event.position(),
        event.logIndex());
  }

  private String state(Instant at) {
    if (expired || (expiresAt != null && !at.isBefore(expiresAt))) {
      return EXPIRED;
    }
    if (disabledReason != null) {
      return "disabled";
    }
    return retiresAt != null ? "retiring" : "active";
  }

  private static String access(boolean open) {
    return open ? "unrestricted" : "trusted";
  }

  private static List<String> warnings(boolean open) {
    return open ? UNRESTRICTED_IP : List.of();
  }
}
