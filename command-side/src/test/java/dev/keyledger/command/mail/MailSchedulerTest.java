package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.TestClock;
import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;

class MailSchedulerTest {
  private final TestClock clock = new TestClock();
  private final InMemoryMails mails = new InMemoryMails(new InMemoryMails.Table(), clock, "node-1");
  private final MailScheduler scheduler = new MailScheduler(mails, idleCourier());

  private long position;

  @Test
  void codesAndChangesCallForAMail() {
    Stream.of(
            Events.opened("alice", "ch_1"),
            Events.reissued("alice", "ch_1", 2),
            Events.twoFactorEnabled("alice"),
            Events.twoFactorDisabled("alice"),
            Events.locked("alice"),
            Events.created("alice"),
            Events.edited("alice"),
            Events.disabled("alice", "by-owner"),
            Events.enabled("alice"),
            Events.rotated("alice", Duration.ofHours(1)),
            Events.expiring("alice"),
            Events.expired("alice"),
            Events.lapsed("alice"),
            Events.twoFactorReset("alice"),
            Events.deleted("alice"),
            Events.allDeleted("alice"))
        .forEach(event -> {
          follow(event, position++);
          assertThat(mails.claim(1)).as(event.toString()).hasSize(1);
        });
  }

  @Test
  void theRestDoesNot() {
    Stream.of(
            Events.enrolmentStarted("alice"),
            Events.erased("alice"),
            Events.expiryChanged("alice", null),
            Events.rejected("alice"),
            Events.verified("alice", "ch_1"),
            Events.closed("alice", "ch_1"))
        .forEach(event -> follow(event, 7));

    assertThat(mails.pending()).isZero();
  }

  @Test
  void anEventThatIsFollowedAgainIsNotNotedAgain() {
    follow(Events.created("alice"), 7);
    List<Mails.Due> due = mails.claim(10);
    due.forEach(mails::sent);

    follow(Events.created("alice"), 7);

    assertThat(due).extracting(Mails.Due::position).containsExactly(8L);
    assertThat(mails.pending()).isZero();
  }

  private void follow(KeyRingEvent event, long sequence) {
    DomainEventMessage<KeyRingEvent> message =
        new GenericDomainEventMessage<>("KeyRing", event.accountId(), sequence, event);
    UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(message);
    scheduler.on(event, message, work);
    work.commit();
  }

  private MailCourier idleCourier() {
    DerivedCodes codes =
        new DerivedCodes(
            new RootKeys(Events.ROOT_KEY_ID, Map.of(Events.ROOT_KEY_ID, TestPlatform.ROOT_KEY)), 8);
    Duration day = Duration.ofDays(1);
    return new MailCourier(
        mails,
        (account, position) -> List.of(),
        new InMemoryContacts(),
        new MailComposer(new MailWriter("Keyledger"), codes, day),
        new Postman(new FakeSmtp(), "no-reply@keyledger.invalid"),
        new KeyledgerSettings.Mail("no-reply@keyledger.invalid", 1, day, day, day),
        clock,
        new SimpleMeterRegistry());
  }
}
