package dev.keyledger.command.keyring;

import dev.keyledger.command.keyring.ApiKey.ExpiryNotice;
import dev.keyledger.command.keyring.ApiKey.Retirement;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.KeyRingEvent.PersonErased;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a key ring is, folded from its events. It takes in what happened and never refuses it.
 *
 * @param challenge the open challenge, if there is one
 * @param keys all that were not deleted, oldest first
 * @param rejectionsInARow wrong attempts since the last right one or the last lock
 * @param nextCodeAfter the first instant at which another code may be sent; null for at once
 * @param mayHaveAddress whether an address of the person was noted, or may have been, since there
 *     was none
 */
record KeyRingState(
    TwoFactor twoFactor,
    @Nullable Challenge challenge,
    List<ApiKey> keys,
    int rejectionsInARow,
    @Nullable Instant lockedUntil,
    @Nullable Instant nextCodeAfter,
    boolean mayHaveAddress) {

  static final KeyRingState EMPTY =
      new KeyRingState(TwoFactor.OFF, null, List.of(), 0, null, null, false);

  Optional<ApiKey> key(String publicApiKey) {
    return keys.stream().filter(key -> key.publicApiKey().equals(publicApiKey)).findFirst();
  }

  /** Keys that were replaced and go on working for a while. */
  long retiringKeys() {
    return keys.stream().filter(ApiKey::isRetiring).count();
  }

  KeyRingState evolve(KeyRingEvent event) {
    return switch (event) {
      case TwoFactorEnrolmentStarted e ->
          withTwoFactor(twoFactor.pending(e.enrolmentId(), e.rootKeyId()));
      case TwoFactorEnabled e -> withTwoFactor(twoFactor.enabled(e.totpStep())).withAddress(true);
      case TwoFactorDisabled e -> withTwoFactor(twoFactor.disabled());
      case TwoFactorReset e -> withTwoFactor(twoFactor.disabled());
      case PersonErased e -> withAddress(false);
      case ChallengeOpened e -> withChallenge(Challenge.of(e), e.resendAfter()).withAddress(true);
      case CodeReissued e ->
          withChallenge(challenge == null ? null : challenge.with(e), e.resendAfter())
              .withAddress(true);
      case CodeRejected e ->
          new KeyRingState(
              twoFactor,
              challenge == null ? null : challenge.withAttemptsLeft(e.attemptsLeft()),
              keys,
              e.rejectionsInARow(),
              lockedUntil,
              nextCodeAfter,
              mayHaveAddress);
      case CodeVerified e ->
          new KeyRingState(twoFactor.used(e.totpStep()), null, keys, 0, null, null, mayHaveAddress);
      case ChallengeClosed e -> withChallenge(null, nextCodeAfter);
      case AccountLocked e ->
          new KeyRingState(twoFactor, challenge, keys, 0, e.until(), nextCodeAfter, mayHaveAddress);
      case KeyCreated e -> withNewKey(keyOf(e));
      case PermissionsEdited e ->
          withKey(e.publicApiKey(), key -> key.with(e.after(), e.occurredAt()));
      case ExpiryChanged e ->
          withKey(e.publicApiKey(), key -> key.endingAt(e.after(), e.occurredAt()));
      case KeyDisabled e ->
          withKey(e.publicApiKey(), key -> key.disabled(e.reason(), e.occurredAt()));
      case KeyEnabled e -> withKey(e.publicApiKey(), key -> key.enabled(e.occurredAt()));
      case KeyRotated e ->
          withKey(
                  e.publicApiKey(),
                  key ->
                      key.retiring(
                          new Retirement(e.graceEndsAt(), e.challengeId()), e.occurredAt()))
              .withNewKey(keyOf(e));
      case KeyExpiring e -> withKey(e.publicApiKey(), key -> key.told(ExpiryNotice.SOON));
      case KeyExpired e -> withKey(e.publicApiKey(), key -> key.told(ExpiryNotice.OVER));
      case PermissionsLapsed e ->
          withKey(e.publicApiKey(), key -> key.with(e.after(), e.occurredAt()));
      case KeyDeleted e ->
          withKeys(
              keys.stream().filter(key -> !key.publicApiKey().equals(e.publicApiKey())).toList());
      case AllKeysDeleted e -> withKeys(List.of());
    };
  }

  private static ApiKey keyOf(KeyCreated e) {
    return ApiKey.made(
        e.publicApiKey(),
        e.label(),
        e.algorithm(),
        e.verificationKey(),
        new Rights(e.permissions(), e.trustedIps(), e.rateLimit()),
        e.occurredAt(),
        e.expiresAt());
  }

  private static ApiKey keyOf(KeyRotated e) {
    return ApiKey.made(
        e.newPublicApiKey(),
        e.label(),
        e.algorithm(),
        e.verificationKey(),
        e.rights(),
        e.occurredAt(),
        e.expiresAt());
  }

  private KeyRingState withTwoFactor(TwoFactor now) {
    return new KeyRingState(
        now, challenge, keys, rejectionsInARow, lockedUntil, nextCodeAfter, mayHaveAddress);
  }

  private KeyRingState withChallenge(@Nullable Challenge now, @Nullable Instant nextCode) {
    return new KeyRingState(
        twoFactor, now, keys, rejectionsInARow, lockedUntil, nextCode, mayHaveAddress);
  }

  private KeyRingState withKeys(List<ApiKey> now) {
    return new KeyRingState(
        twoFactor, challenge, now, rejectionsInARow, lockedUntil, nextCodeAfter, mayHaveAddress);
  }

  private KeyRingState withAddress(boolean now) {
    return new KeyRingState(
        twoFactor, challenge, keys, rejectionsInARow, lockedUntil, nextCodeAfter, now);
  }

  private KeyRingState withNewKey(ApiKey key) {
    return withKeys(Stream.concat(keys.stream(), Stream.of(key)).toList());
  }

  private KeyRingState withKey(String publicApiKey, UnaryOperator<ApiKey> change) {
    return withKeys(
        keys.stream()
            .map(key -> key.publicApiKey().equals(publicApiKey) ? change.apply(key) : key)
            .toList());
  }
}
