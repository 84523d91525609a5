package dev.keyledger.replay;

import dev.keyledger.events.EventTypes;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account's key ring was after an event. Nothing in it depends on the time of the question.
 *
 * @param position of the last event that is in it; 0 if there is none
 * @param logIndex of that event; -1 if there is none
 * @param challenge the open challenge; absent if there is none
 * @param lastApproval the last challenge whose codes were right; absent if there was none
 * @param rejectionsInARow wrong attempts since the last right one or the last lock
 * @param lockedUntil the end of the last lock that no right code followed
 * @param keys all that were not deleted, oldest first
 */
public record KeyRing(
    String accountId,
    long position,
    long logIndex,
    TwoFactor twoFactor,
    @Nullable OpenChallenge challenge,
    @Nullable Approval lastApproval,
    int rejectionsInARow,
    @Nullable Instant lockedUntil,
    List<Key> keys) {
  public KeyRing {
    keys = List.copyOf(keys);
  }

  /** The ring of an account that never did anything. */
  public static KeyRing empty(String accountId) {
    return new KeyRing(accountId, 0, -1, TwoFactor.NEVER, null, null, 0, null, List.of());
  }

  /**
   * The ring as it was.
   *
   * @param events of the account, from its first one on; those that no longer count may follow
   * @throws BrokenOrderException if one is missing, there twice or out of order
   */
  public static KeyRing of(String accountId, Iterable<LoggedEvent> events, At at)
      throws BrokenOrderException {
    KeyRing ring = empty(accountId);
    for (LoggedEvent logged : events) {
      if (!at.includes(logged)) {
        break;
      }
      ring = ring.evolve(logged);
    }
    return ring;
  }

  /**
   * The ring after its next event.
   *
   * @throws BrokenOrderException if it isn't the next one
   */
  public KeyRing evolve(LoggedEvent logged) throws BrokenOrderException {
    if (logged.position() != position + 1 || logged.logIndex() <= logIndex) {
      throw new BrokenOrderException(this, logged);
    }
    return after(logged.event(), logged).at(logged);
  }

  private KeyRing after(KeyRingEvent event, LoggedEvent logged) {
    return switch (event) {
      case TwoFactorEnrolmentStarted e ->
          with(
              new TwoFactor(
                  TwoFactor.State.PENDING, e.enrolmentId(), e.rootKeyId(), cause(logged)));
      case TwoFactorEnabled e ->
          with(
              new TwoFactor(
                  TwoFactor.State.ENABLED, e.enrolmentId(), twoFactor.rootKeyId(), cause(logged)));
      case TwoFactorDisabled e -> withoutTwoFactor(cause(logged, e.challengeId()));
      case TwoFactorReset e -> withoutTwoFactor(cause(logged, e.supporter(), e.reason()));
      case ChallengeOpened e -> with(OpenChallenge.of(e, logged.logIndex()));
      case CodeReissued e -> with(challenge == null ? null : challenge.with(e));
      case CodeRejected e -> rejected(e);
      case CodeVerified e -> verified(e, logged);
      case ChallengeClosed _ -> with((OpenChallenge) null);
      case AccountLocked e ->
          new KeyRing(
              accountId,
              position,
              logIndex,
              twoFactor,
              challenge,
              lastApproval,
              0,
              e.until(),
              keys);
      case KeyCreated e -> and(made(e, cause(logged, e.challengeId())));
      case PermissionsEdited e ->
          replace(e.publicApiKey(), key -> key.with(e.after(), cause(logged, e.challengeId())));
      case PermissionsLapsed e ->
          replace(e.publicApiKey(), key -> key.with(e.after(), cause(logged)));
      case ExpiryChanged e ->
          replace(e.publicApiKey(), key -> key.endingAt(e.after(), cause(logged, e.challengeId())));
      case KeyDisabled e ->
          replace(
              e.publicApiKey(),
              key ->
                  key.disabledBy(cause(logged, e.supporter(), Recurring.COMMON.text(e.reason()))));
      case KeyEnabled e ->
          replace(e.publicApiKey(), key -> key.enabledBy(cause(logged, e.challengeId())));
      case KeyRotated e -> rotated(e, cause(logged, e.challengeId()));
      case KeyDeleted e -> without(e.publicApiKey());
      case AllKeysDeleted _ -> with(List.<Key>of());
      case KeyExpiring _, KeyExpired _, PersonErased _ -> this;
    };
  }

  private KeyRing at(LoggedEvent logged) {
    return new KeyRing(
        accountId,
        logged.position(),
        logged.logIndex(),
        twoFactor,
        challenge,
        lastApproval,
        rejectionsInARow,
        lockedUntil,
        keys);
  }

  private KeyRing withoutTwoFactor(Cause cause) {
    return with(new TwoFactor(TwoFactor.State.DISABLED, null, null, cause));
  }

  private KeyRing rejected(CodeRejected event) {
    return new KeyRing(
        accountId,
        position,
        logIndex,
        twoFactor,
        challenge == null ? null : challenge.withAttemptsLeft(event.attemptsLeft()),
        lastApproval,
        event.rejectionsInARow(),
        lockedUntil,
        keys);
  }

  private KeyRing verified(CodeVerified event, LoggedEvent logged) {
    Approval approval =
        new Approval(
            event.challengeId(),
            event.factors(),
            logged.logIndex(),
            logged.position(),
            event.occurredAt());
    return new KeyRing(accountId, position, logIndex, twoFactor, null, approval, 0, null, keys);
  }

  private static Key made(KeyCreated e, Cause cause) {
    return Key.made(
        e.publicApiKey(),
        e.label(),
        e.algorithm(),
        e.verificationKey(),
        e.secretRootKeyId(),
        new Rights(e.permissions(), e.trustedIps(), e.rateLimit()),
        e.expiresAt(),
        null,
        cause);
  }

  private KeyRing rotated(KeyRotated e, Cause cause) {
    Key.Retirement end = new Key.Retirement(e.graceEndsAt(), e.newPublicApiKey(), cause);
    return replace(e.publicApiKey(), key -> key.retiring(end))
        .and(
            Key.made(
                e.newPublicApiKey(),
                e.label(),
                e.algorithm(),
                e.verificationKey(),
                e.secretRootKeyId(),
                e.rights(),
                e.expiresAt(),
                e.publicApiKey(),
                cause));
  }

  private Cause cause(LoggedEvent logged) {
    return cause(logged, null, null, null);
  }

  private Cause cause(LoggedEvent logged, String challengeId) {
    return cause(logged, challengeId, null, null);
  }

  private Cause cause(LoggedEvent logged, @Nullable String supporter, String reason) {
    return cause(logged, null, supporter, reason);
  }

  private Cause cause(
      LoggedEvent logged,
      @Nullable String challengeId,
      @Nullable String supporter,
      @Nullable String reason) {
    Approval approval =
        lastApproval != null && lastApproval.challengeId().equals(challengeId)
            ? lastApproval
            : null;
    return new Cause(
        EventTypes.nameOf(logged.event().getClass()),
        logged.logIndex(),
        logged.position(),
        logged.event().occurredAt(),
        approval == null
            ? challengeId
            : approval.challengeId(), // the same text: the event's copy can go
        approval,
        supporter,
        reason);
  }

  private KeyRing with(TwoFactor now) {
    return new KeyRing(
        accountId,
        position,
        logIndex,
        now,
        challenge,
        lastApproval,
        rejectionsInARow,
        lockedUntil,
        keys);
  }

  private KeyRing with(@Nullable OpenChallenge now) {
    return new KeyRing(
        accountId,
        position,
        logIndex,
        twoFactor,
        now,
        lastApproval,
        rejectionsInARow,
        lockedUntil,
        keys);
  }

  private KeyRing with(List<Key> now) {
    return new KeyRing(
        accountId,
        position,
        logIndex,
        twoFactor,
        challenge,
        lastApproval,
        rejectionsInARow,
        lockedUntil,
        now);
  }

  private KeyRing and(Key key) {
    return with(Stream.concat(keys.stream(), Stream.of(key)).toList());
  }

  private KeyRing replace(String publicApiKey, UnaryOperator<Key> change) {
    return with(
        keys.stream()
            .map(key -> key.publicApiKey().equals(publicApiKey) ? change.apply(key) : key)
            .toList());
  }

  private KeyRing without(String publicApiKey) {
    return with(keys.stream().filter(key -> !key.publicApiKey().equals(publicApiKey)).toList());
  }
}
