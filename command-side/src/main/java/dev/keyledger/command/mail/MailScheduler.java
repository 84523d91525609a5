package dev.keyledger.command.mail;

import dev.keyledger.events.KeyRingEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Follows the events and notes each one that calls for a mail. An event that is followed again,
 * after a crash or a replay, is noted already, so that nothing is ever sent for it a second time.
 */
public class MailScheduler {
  private final Mails mails;
  private final MailCourier courier;

  MailScheduler(Mails mails, MailCourier courier) {
    this.mails = mails;
    this.courier = courier;
  }

  @EventHandler
  void on(KeyRingEvent event, DomainEventMessage<?> message, UnitOfWork<?> batch) {
    if (callsForMail(event)) {
      mails.note(event.accountId(), message.getSequenceNumber() + 1);
      batch.afterCommit(work -> courier.wake());
    }
  }

  private static boolean callsForMail(KeyRingEvent event) {
    return switch (event) {
      case KeyRingEvent.ChallengeOpened e -> true;
      case KeyRingEvent.CodeReissued e -> true;
      case KeyRingEvent.TwoFactorEnabled e -> true;
      case KeyRingEvent.TwoFactorDisabled e -> true;
      case KeyRingEvent.AccountLocked e -> true;
      case KeyRingEvent.KeyCreated e -> true;
      case KeyRingEvent.PermissionsEdited e -> true;
      case KeyRingEvent.KeyDisabled e -> true;
      case KeyRingEvent.KeyEnabled e -> true;
      case KeyRingEvent.KeyRotated e -> true;
      case KeyRingEvent.KeyExpiring e -> true;
      case KeyRingEvent.KeyExpired e -> true;
      case KeyRingEvent.PermissionsLapsed e -> true;
      case KeyRingEvent.TwoFactorReset e -> true;
      case KeyRingEvent.KeyDeleted e -> true;
      case KeyRingEvent.AllKeysDeleted e -> true;
      // Said in the mail about the rights that were edited with it.
      case KeyRingEvent.ExpiryChanged e -> false;
      // There is no address left to write to.
      case KeyRingEvent.PersonErased e -> false;
      case KeyRingEvent.TwoFactorEnrolmentStarted e -> false;
      case KeyRingEvent.CodeRejected e -> false;
      case KeyRingEvent.CodeVerified e -> false;
      case KeyRingEvent.ChallengeClosed e -> false;
    };
  }
}
