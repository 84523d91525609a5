package dev.keyledger.command.mail;

import dev.keyledger.command.keyring.Tools.Codes;
import dev.keyledger.command.mail.Mails.Reason;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * @param event what calls for the mail
   * @param later what happened to the account since, in order
   */
  Composed compose(KeyRingEvent event, List<KeyRingEvent> later, Instant now) {
    return switch (event) {
      case ChallengeOpened e ->
          whyNot(e.challengeId(), e.expiresAt(), later, now)
              .orElseGet(() ->
                  new Composed.Written(
                      writer.code(
                          codes.emailCode(e.rootKeyId(), e.challengeId(), e.issue()),
                          e.operation(),
                          e.factors(),
                          e.expiresAt())));
      case CodeReissued e ->
          whyNot(e.challengeId(), e.expiresAt(), later, now)
              .orElseGet(() ->
                  new Composed.Written(
                      writer.code(
                          codes.emailCode(e.rootKeyId(), e.challengeId(), e.issue()),
                          e.operation(),
                          e.factors(),
                          e.expiresAt())));
      case KeyRingEvent.TwoFactorEnabled e ->
          notice(writer.twoFactorEnabled(e.occurredAt()), e, now);
      case KeyRingEvent.TwoFactorDisabled e ->
          notice(writer.twoFactorDisabled(e.occurredAt()), e, now);
      case KeyRingEvent.AccountLocked e -> notice(writer.locked(e), e, now);
      case KeyRingEvent.KeyCreated e -> notice(writer.created(e), e, now);
      case KeyRingEvent.PermissionsEdited e -> notice(writer.edited(e), e, now);
      case KeyRingEvent.KeyDeleted e -> notice(writer.deleted(e), e, now);
      case KeyRingEvent.AllKeysDeleted e -> notice(writer.allDeleted(e), e, now);
      case KeyRingEvent.TwoFactorEnrolmentStarted e -> throw noMailFor(e);
      case KeyRingEvent.CodeRejected e -> throw noMailFor(e);
      case CodeVerified e -> throw noMailFor(e);
      case ChallengeClosed e -> throw noMailFor(e);
    };
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
