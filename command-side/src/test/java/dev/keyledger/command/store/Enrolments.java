package dev.keyledger.command.store;

import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;

/** Events that may come first, for tests that append them past the key ring. */
final class Enrolments {
  private Enrolments() {}

  static DomainEventMessage<?> event(String account, long sequenceNumber) {
    return event(account, sequenceNumber, Instant.now());
  }

  static DomainEventMessage<?> event(String account, long sequenceNumber, Instant decided) {
    return new GenericDomainEventMessage<>(
        "KeyRing",
        account,
        sequenceNumber,
        new GenericMessage<>(
            new TwoFactorEnrolmentStarted(account, Instant.EPOCH, "enrolment-1", "k1")),
        decided);
  }
}
