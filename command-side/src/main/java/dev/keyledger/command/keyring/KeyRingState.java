package dev.keyledger.command.keyring;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a key ring is, folded from its events. It takes in what happened and never refuses it.
 *
 * @param challenge the open challenge, if there is one
 * @param keys live keys, oldest first
 * @param rejectionsInARow wrong attempts since the last right one or the last lock
 * @param nextCodeAfter the first instant at which another code may be sent; null for at once
 */
record KeyRingState(
    TwoFactor twoFactor,
    @Nullable Challenge challenge,
    List<ApiKey> keys,
    int rejectionsInARow,
    @Nullable Instant lockedUntil,
    @Nullable Instant nextCodeAfter) {

  static final KeyRingState EMPTY = new KeyRingState(TwoFactor.OFF, null, List.of(), 0, null, null);

  Optional<ApiKey> key(String publicApiKey) {
    return keys.stream().filter(key -> key.publicApiKey().equals(publicApiKey)).findFirst();
  }

  KeyRingState evolve(KeyRingEvent event) {
    return switch (event) {
      case TwoFactorEnrolmentStarted e ->
          withTwoFactor(twoFactor.pending(e.enrolmentId(), e.rootKeyId()));
      case TwoFactorEnabled e -> withTwoFactor(twoFactor.enabled(e.totpStep()));
      case TwoFactorDisabled e -> withTwoFactor(twoFactor.disabled());
      case ChallengeOpened e -> withChallenge(Challenge.of(e), e.resendAfter());
      case CodeReissued e ->
          withChallenge(challenge == null ? null : challenge.with(e), e.resendAfter());
      case CodeRejected e ->
          new KeyRingState(
              twoFactor,
              challenge == null ? null : challenge.withAttemptsLeft(e.attemptsLeft()),
              keys,
              e.rejectionsInARow(),
              lockedUntil,
              nextCodeAfter);
      case CodeVerified e ->
          new KeyRingState(twoFactor.used(e.totpStep()), null, keys, 0, null, null);
      case ChallengeClosed e -> withChallenge(null, nextCodeAfter);
      case AccountLocked e ->
          new KeyRingState(twoFactor, challenge, keys, 0, e.until(), nextCodeAfter);
      case KeyCreated e -> withKeys(Stream.concat(keys.stream(), Stream.of(keyOf(e))).toList());
      case PermissionsEdited e ->
          withKeys(
              keys.stream()
                  .map(key ->
                      key.publicApiKey().equals(e.publicApiKey())
                          ? key.with(e.after(), e.occurredAt())
                          : key)
                  .toList());
      case KeyDeleted e ->
          withKeys(
              keys.stream().filter(key -> !key.publicApiKey().equals(e.publicApiKey())).toList());
      case AllKeysDeleted e -> withKeys(List.of());
    };
  }

  private static ApiKey keyOf(KeyCreated e) {
    return new ApiKey(
        e.publicApiKey(),
        e.label(),
        e.algorithm(),
        e.verificationKey(),
        new Rights(e.permissions(), e.trustedIps()),
        e.occurredAt(),
        e.occurredAt(),
        e.expiresAt());
  }

  private KeyRingState withTwoFactor(TwoFactor now) {
    return new KeyRingState(now, challenge, keys, rejectionsInARow, lockedUntil, nextCodeAfter);
  }

  private KeyRingState withChallenge(@Nullable Challenge now, @Nullable Instant nextCode) {
    return new KeyRingState(twoFactor, now, keys, rejectionsInARow, lockedUntil, nextCode);
  }

  private KeyRingState withKeys(List<ApiKey> now) {
    return new KeyRingState(
        twoFactor, challenge, now, rejectionsInARow, lockedUntil, nextCodeAfter);
  }
}
