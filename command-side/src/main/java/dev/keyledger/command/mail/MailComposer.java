package dev.keyledger.command.mail;

import dev.keyledger.command.keyring.Tools.Codes;
import dev.keyledger.command.mail.Mails.Reason;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the mail for an event, or tells from what happened since why it is not worth sending. */
final class MailComposer {
  private final MailWriter writer;
  private final Codes codes;
  private final Duration keepTryingNoticesFor;

  MailComposer(MailWriter writer, Codes codes, Duration keepTryingNoticesFor) {
    this.writer = writer;
    this.codes = codes;
    this.keepTryingNoticesFor = keepTryingNoticesFor;
  }

  /** A mail, or the reason why there is none. */
  sealed interface Composed {
    record Written(MailText text) implements Composed {}

    record NotWorthIt(Reason reason) implements Composed {}
  }

  /**
   * @param before what happened to the account right before; null if nothing did
   * @param event what calls for the mail
   * @param later what happened to the account since, in order
   */
  Composed compose(
      @Nullable KeyRingEvent before, KeyRingEvent event, List<KeyRingEvent> later, Instant now) {
    // What a person was to be told before they were erased is for no address that is noted later.
    if (later.stream().anyMatch(KeyRingEvent.PersonErased.class::isInstance)) {
      return new Composed.NotWorthIt(Reason.ERASED);
    }
    return switch (event) {
      case ChallengeOpened e ->
          code(
              e.challengeId(),
              e.rootKeyId(),
              e.issue(),
              e.operation(),
              e.factors(),
              e.expiresAt(),
              later,
              now);
      case CodeReissued e ->
          code(
              e.challengeId(),
              e.rootKeyId(),
              e.issue(),
              e.operation(),
              e.factors(),
              e.expiresAt(),
              later,
              now);
      case KeyRingEvent.TwoFactorEnabled e ->
          notice(writer.twoFactorEnabled(e.occurredAt()), e, now);
      case KeyRingEvent.TwoFactorDisabled e ->
          notice(writer.twoFactorDisabled(e.occurredAt()), e, now);
      case KeyRingEvent.TwoFactorReset e -> notice(writer.twoFactorReset(e), e, now);
      case KeyRingEvent.AccountLocked e -> notice(writer.locked(e), e, now);
      case KeyRingEvent.KeyCreated e -> notice(writer.created(e), e, now);
      case KeyRingEvent.PermissionsEdited e -> notice(writer.edited(e, expiryOf(e, later)), e, now);
      case KeyRingEvent.KeyDisabled e -> notice(writer.disabled(e), e, now);
      case KeyRingEvent.KeyEnabled e -> notice(writer.enabled(e), e, now);
      case KeyRotated e -> notice(writer.rotated(e), e, now);
      case KeyRingEvent.KeyExpiring e -> notice(writer.expiring(e), e, now);
      case KeyRingEvent.KeyExpired e -> notice(writer.expired(e), e, now);
      case KeyRingEvent.PermissionsLapsed e -> notice(writer.lapsed(e), e, now);
      case KeyDeleted e -> deleted(before, e, now);
      case KeyRingEvent.AllKeysDeleted e -> notice(writer.allDeleted(e), e, now);
      case ExpiryChanged e -> throw noMailFor(e);
      case KeyRingEvent.PersonErased e -> throw noMailFor(e);
      case KeyRingEvent.TwoFactorEnrolmentStarted e -> throw noMailFor(e);
      case KeyRingEvent.CodeRejected e -> throw noMailFor(e);
      case CodeVerified e -> throw noMailFor(e);
      case ChallengeClosed e -> throw noMailFor(e);
    };
  }

  private Composed code(
      String challengeId,
      String rootKeyId,
      int issue,
      Operation operation,
      List<String> factors,
      Instant expiresAt,
      List<KeyRingEvent> later,
      Instant now) {
    return whyNot(challengeId, expiresAt, later, now)
        .orElseGet(() ->
            new Composed.Written(
                writer.code(
                    codes.emailCode(rootKeyId, challengeId, issue),
                    operation,
                    factors,
                    expiresAt)));
  }

  /** A key is deleted right after its own codes were right, or because its grace is over. */
  private Composed deleted(@Nullable KeyRingEvent before, KeyDeleted event, Instant now) {
    return switch (before) {
      case CodeVerified own when own.challengeId().equals(event.challengeId()) ->
          notice(writer.deleted(event), event, now);
      case KeyRotated own
          when own.challengeId().equals(event.challengeId()) && isWithoutGrace(own) ->
          new Composed.NotWorthIt(Reason.SAID_ALREADY);
      case null, default -> notice(writer.graceEnded(event), event, now);
    };
  }

  private static boolean isWithoutGrace(KeyRotated rotated) {
    return !rotated.graceEndsAt().isAfter(rotated.occurredAt());
  }

  /** The change of the expiry that was made in the same step, which comes right after. */
  private static @Nullable ExpiryChanged expiryOf(
      KeyRingEvent.PermissionsEdited edited, List<KeyRingEvent> later) {
    return !later.isEmpty()
            && later.getFirst() instanceof ExpiryChanged expiry
            && expiry.challengeId().equals(edited.challengeId())
        ? expiry
        : null;
  }

  /** A code that no longer works is not worth sending. */
  private static Optional<Composed> whyNot(
      String challengeId, Instant expiresAt, List<KeyRingEvent> later, Instant now) {
    if (!now.isBefore(expiresAt)) {
      return Optional.of(new Composed.NotWorthIt(Reason.EXPIRED));
    }
    return later.stream().anyMatch(event -> voids(event, challengeId))
        ? Optional.of(new Composed.NotWorthIt(Reason.SUPERSEDED))
        : Optional.empty();
  }

  private Composed notice(MailText text, KeyRingEvent event, Instant now) {
    return now.isAfter(event.occurredAt().plus(keepTryingNoticesFor))
        ? new Composed.NotWorthIt(Reason.EXPIRED)
        : new Composed.Written(text);
  }

  private static boolean voids(KeyRingEvent event, String challengeId) {
    return switch (event) {
      case CodeReissued e -> e.challengeId().equals(challengeId);
      case CodeVerified e -> e.challengeId().equals(challengeId);
      case ChallengeClosed e -> e.challengeId().equals(challengeId);
      default -> false;
    };
  }

  private static IllegalStateException noMailFor(KeyRingEvent event) {
    return new IllegalStateException("Nothing is written for " + event.getClass().getSimpleName());
  }
}
