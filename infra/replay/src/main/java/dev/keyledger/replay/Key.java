package dev.keyledger.replay;

import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that was not deleted.
 *
 * @param verificationKey raw Ed25519 public key in Base64; absent for {@code hmac-sha256}
 * @param secretRootKeyId names the root key that the secret is derived from; absent for {@code
 *     ed25519}
 * @param created made by this
 * @param rightsSince what gave it these rights
 * @param disabled what disabled it; absent while it is not
 * @param enabled what enabled it again; absent if nothing had to
 * @param expiresAt the first instant at which it no longer works; absent means never
 * @param expirySince what set that; absent if it is as the key was made
 * @param retirement absent unless another key took its place
 * @param rotatedFrom the key whose place it took
 */
public record Key(
    String publicApiKey,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    @Nullable String secretRootKeyId,
    Rights rights,
    Cause created,
    Cause rightsSince,
    @Nullable Cause disabled,
    @Nullable Cause enabled,
    @Nullable Instant expiresAt,
    @Nullable Cause expirySince,
    @Nullable Retirement retirement,
    @Nullable String rotatedFrom) {

  /**
   * The end of a key that was replaced.
   *
   * @param at the first instant at which it no longer works
   * @param rotatedTo the key that took its place
   * @param cause the rotation
   */
  public record Retirement(Instant at, String rotatedTo, Cause cause) {}

  /** What it is at that instant. */
  public KeyState state(Instant now) {
    if (retirement != null && !now.isBefore(retirement.at())) {
      return KeyState.RETIRED;
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      return KeyState.EXPIRED;
    }
    if (disabled != null) {
      return KeyState.DISABLED;
    }
    return retirement != null ? KeyState.RETIRING : KeyState.ACTIVE;
  }

  /** The permissions that it has at that instant: none if it does not work then. */
  public List<String> permissions(Instant now) {
    return switch (state(now)) {
      case ACTIVE, RETIRING -> rights.permissions();
      case DISABLED, EXPIRED, RETIRED -> List.of();
    };
  }

  /** The last event that gave it what it can do: its rights, or leave to work again. */
  public Cause since() {
    return rightsSince.orLater(enabled);
  }

  static Key made(
      String publicApiKey,
      String label,
      String algorithm,
      @Nullable String verificationKey,
      @Nullable String secretRootKeyId,
      Rights rights,
      @Nullable Instant expiresAt,
      @Nullable String rotatedFrom,
      Cause cause) {
    return new Key(
        publicApiKey,
        label,
        Recurring.COMMON.text(algorithm),
        verificationKey,
        Recurring.COMMON.textIfAny(secretRootKeyId),
        shared(rights),
        cause,
        cause,
        null,
        null,
        expiresAt,
        null,
        null,
        rotatedFrom);
  }

  Key with(Rights replaced, Cause cause) {
    return copy(shared(replaced), cause, disabled, enabled, expiresAt, expirySince, retirement);
  }

  Key disabledBy(Cause cause) {
    return copy(rights, rightsSince, cause, null, expiresAt, expirySince, retirement);
  }

  Key enabledBy(Cause cause) {
    return copy(rights, rightsSince, null, cause, expiresAt, expirySince, retirement);
  }

  Key endingAt(@Nullable Instant end, Cause cause) {
    return copy(rights, rightsSince, disabled, enabled, end, cause, retirement);
  }

  Key retiring(Retirement end) {
    return copy(rights, rightsSince, disabled, enabled, expiresAt, expirySince, end);
  }

  /** Equal rights, whose permissions are those of all keys that have them. */
  private static Rights shared(Rights rights) {
    return new Rights(
        Recurring.COMMON.list(rights.permissions()), rights.trustedIps(), rights.rateLimit());
  }

  private Key copy(
      Rights newRights,
      Cause newRightsSince,
      @Nullable Cause newDisabled,
      @Nullable Cause newEnabled,
      @Nullable Instant newExpiresAt,
      @Nullable Cause newExpirySince,
      @Nullable Retirement newRetirement) {
    return new Key(
        publicApiKey,
        label,
        algorithm,
        verificationKey,
        secretRootKeyId,
        newRights,
        created,
        newRightsSince,
        newDisabled,
        newEnabled,
        newExpiresAt,
        newExpirySince,
        newRetirement,
        rotatedFrom);
  }
}
