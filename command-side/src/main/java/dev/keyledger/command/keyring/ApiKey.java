package dev.keyledger.command.keyring;

import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the ring. Nothing in it is secret.
 *
 * @param verificationKey raw Ed25519 public key in Base64; null for {@code hmac-sha256}
 * @param rightsSince when its rights were last confirmed
 * @param expiresAt the first instant at which it no longer works; null for never
 * @param expiryNotice what was told of its end
 * @param disabledBecause why it was disabled last, as the event says; null while it is not
 * @param retirement set if another key took its place
 */
public record ApiKey(
    String publicApiKey,
    String label,
    String algorithm,
    @Nullable String verificationKey,
    Rights rights,
    Instant rightsSince,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    ExpiryNotice expiryNotice,
    @Nullable String disabledBecause,
    @Nullable Retirement retirement) {

  /** How long before its end a key's account is warned. */
  public static final Duration WARNING = Duration.ofDays(7);

  /** What was told of the end of a key. */
  public enum ExpiryNotice {
    NONE,
    SOON,
    OVER
  }

  /**
   * The end of a key that was replaced.
   *
   * @param at the first instant at which it no longer works
   * @param challengeId the challenge of the rotation
   */
  public record Retirement(Instant at, String challengeId) {}

  /** A key that works, with rights that were just confirmed. */
  static ApiKey made(
      String publicApiKey,
      String label,
      String algorithm,
      @Nullable String verificationKey,
      Rights rights,
      Instant at,
      @Nullable Instant expiresAt) {
    return new ApiKey(
        publicApiKey,
        label,
        algorithm,
        verificationKey,
        rights,
        at,
        at,
        at,
        expiresAt,
        ExpiryNotice.NONE,
        null,
        null);
  }

  /** What it is at that instant. */
  public KeyState state(Instant now) {
    if (isExpired(now)) {
      return KeyState.EXPIRED;
    }
    if (isDisabled()) {
      return KeyState.DISABLED;
    }
    return retirement != null ? KeyState.RETIRING : KeyState.ACTIVE;
  }

  /** Whether it no longer works at that instant, for it came to its end. */
  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  boolean isDisabled() {
    return disabledBecause != null;
  }

  boolean isRetiring() {
    return retirement != null;
  }

  /** Whether the account is to be warned now that it will end. */
  boolean isWarningDue(Instant now) {
    return expiryNotice == ExpiryNotice.NONE
        && !isRetiring()
        && expiresAt != null
        && now.isBefore(expiresAt)
        && !now.isBefore(expiresAt.minus(WARNING));
  }

  /** Whether it is to be told now that it has ended. */
  boolean isExpiryDue(Instant now) {
    return expiryNotice != ExpiryNotice.OVER && isExpired(now);
  }

  /** Whether it was replaced, and its grace is over. */
  boolean isGraceOver(Instant now) {
    return retirement != null && !now.isBefore(retirement.at());
  }

  /**
   * Whether it was open for too long.
   *
   * @param after how long a key may do more than read from every address; null for ever
   */
  boolean isLapseDue(@Nullable Duration after, Instant now) {
    return after != null && mayLapse(rights) && !now.isBefore(rightsSince.plus(after));
  }

  /** Whether rights are more than what may be left open to every address. */
  public static boolean mayLapse(Rights rights) {
    return rights.openToAll() && !rights.permissions().equals(Permissions.LEAST);
  }

  ApiKey with(Rights newRights, Instant at) {
    return copy(newRights, at, at, expiresAt, expiryNotice, disabledBecause, retirement);
  }

  ApiKey endingAt(@Nullable Instant newExpiry, Instant at) {
    return copy(rights, rightsSince, at, newExpiry, ExpiryNotice.NONE, disabledBecause, retirement);
  }

  ApiKey told(ExpiryNotice notice) {
    return copy(rights, rightsSince, updatedAt, expiresAt, notice, disabledBecause, retirement);
  }

  ApiKey disabled(String reason, Instant at) {
    return copy(rights, rightsSince, at, expiresAt, expiryNotice, reason, retirement);
  }

  ApiKey enabled(Instant at) {
    return copy(rights, rightsSince, at, expiresAt, expiryNotice, null, retirement);
  }

  ApiKey retiring(Retirement end, Instant at) {
    return copy(rights, rightsSince, at, expiresAt, expiryNotice, disabledBecause, end);
  }

  private ApiKey copy(
      Rights newRights,
      Instant newRightsSince,
      Instant newUpdatedAt,
      @Nullable Instant newExpiresAt,
      ExpiryNotice newNotice,
      @Nullable String newDisabledBecause,
      @Nullable Retirement newRetirement) {
    return new ApiKey(
        publicApiKey,
        label,
        algorithm,
        verificationKey,
        newRights,
        newRightsSince,
        createdAt,
        newUpdatedAt,
        newExpiresAt,
        newNotice,
        newDisabledBecause,
        newRetirement);
  }
}
