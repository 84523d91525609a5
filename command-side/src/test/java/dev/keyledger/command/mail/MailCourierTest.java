package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.TestClock;
import dev.keyledger.command.crypto.DerivedCodes;
import dev.keyledger.command.mail.InMemoryMails.Row;
import dev.keyledger.crypto.RootKeys;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class MailCourierTest {
  private static final int SENDERS = 2;

  private final TestClock clock = new TestClock();
  private final InMemoryMails.Table table = new InMemoryMails.Table();
  private final InMemoryMails mails = new InMemoryMails(table, clock, "node-1");
  private final InMemoryContacts contacts = new InMemoryContacts();
  private final Map<String, List<KeyRingEvent>> histories = new ConcurrentHashMap<>();
  private final FakeSmtp smtp = new FakeSmtp();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MailCourier courier = courier(mails);

  @AfterEach
  void stop() {
    courier.stop();
  }

  @Test
  void aMailIsSentOnceAndCounted() throws Exception {
    due("alice", Events.created("alice"));

    courier.deliverDue();
    awaitState("alice", "sent");
    mails.note("alice", 1);
    clock.advance(Mails.LEASE.multipliedBy(2));

    assertThat(courier.deliverDue()).isZero();
    assertThat(smtp.taken()).containsExactly("alice@example.com");
    assertThat(count("sent")).isEqualTo(1);
  }

  @Test
  void whatFailsForNowIsTriedAgainAfterTwiceAsLongEachTime() throws Exception {
    due("alice", Events.created("alice"));
    smtp.refuse(
        "alice@example.com",
        () -> {
          throw FakeSmtp.temporary();
        });

    for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
      Instant tried = clock.instant();
      assertThat(courier.deliverDue()).isEqualTo(1);
      await().until(() -> row("alice").claimedBy() == null);
      assertThat(row("alice").dueAt()).isEqualTo(tried.plusSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(courier.deliverDue()).isZero();
      clock.advance(Duration.ofMillis(1));
    }
    smtp.accept("alice@example.com");
    courier.deliverDue();

    awaitState("alice", "sent");
    assertThat(count("postponed")).isEqualTo(8);
  }

  @Test
  void anAddressThatTheServerRefusesForGoodIsGivenUp() throws Exception {
    due("alice", Events.created("alice"));
    refuseAddress("alice@example.com", 550, "no such user");
    due("bob", Events.created("bob"));
    refuseCommand("bob@example.com", "DATA", 554, "no");
    due("carol", Events.created("carol"));
    contacts.remember("carol", "not an address");

    courier.deliverDue();
    courier.deliverDue();

    for (String account : List.of("alice", "bob", "carol")) {
      awaitState(account, "dropped");
      assertThat(row(account).reason()).contains(Mails.Reason.REJECTED);
    }
  }

  /** What a server says to a sender that it does not want, or before TLS or a password. */
  @Test
  void whatTheOperatorHasToMendIsWaitedFor() throws Exception {
    due("alice", Events.created("alice"));
    refuseCommand(
        "alice@example.com",
        "MAIL FROM:<no-reply@keyledger.invalid>",
        530,
        "5.7.0 Must issue a STARTTLS command first");
    due("bob", Events.created("bob"));
    refuseAddress("bob@example.com", 554, "554 5.7.1 <bob@example.com>: Relay access denied");

    courier.deliverDue();
    courier.deliverDue();

    await().untilAsserted(() -> assertThat(count("postponed")).isEqualTo(2));
    assertThat(row("alice").reason()).isEmpty();
    assertThat(row("bob").reason()).isEmpty();
  }

  @Test
  void aMailWithoutAnAddressIsGivenUp() throws Exception {
    histories.put("alice", List.of(Events.created("alice")));
    mails.note("alice", 1);

    courier.deliverDue();

    awaitState("alice", "dropped");
    assertThat(row("alice").reason()).contains(Mails.Reason.NO_ADDRESS);
    assertThat(count("no-address")).isEqualTo(1);
  }

  @Test
  void anErasureKeepsWhatWaitsFromBeingSent() throws Exception {
    due("alice", Events.created("alice"));
    smtp.refuse(
        "alice@example.com",
        () -> {
          throw FakeSmtp.temporary();
        });
    courier.deliverDue();
    await().until(() -> row("alice").claimedBy() == null);
    smtp.accept("alice@example.com");

    new Eraser(contacts, mails).on(Events.erased("alice"));
    clock.advance(Duration.ofMinutes(1));

    assertThat(courier.deliverDue()).isZero();
    assertThat(row("alice").reason()).contains(Mails.Reason.ERASED);
    assertThat(contacts.of("alice")).isEmpty();
    assertThat(smtp.taken()).isEmpty();
  }

  @Test
  void anErasureReachesTheMailThatIsBeingMade() throws Exception {
    due("alice", Events.created("alice"));
    Eraser eraser = new Eraser(contacts, mails);
    MailCourier late =
        courier(
            mails,
            (account, position) -> {
              eraser.on(Events.erased(account));
              return List.of(Events.created(account));
            });

    late.deliverDue();

    await().until(() -> count("no-address") == 1);
    assertThat(row("alice").reason()).contains(Mails.Reason.ERASED);
    assertThat(smtp.tried()).isEmpty();
  }

  @Test
  void whoComesBackIsNotWrittenToAboutWhatWasBeforeTheErasure() throws Exception {
    due("alice", Events.created("alice"));
    Eraser eraser = new Eraser(contacts, mails);
    MailCourier late =
        courier(
            mails,
            (account, position) -> {
              eraser.on(Events.erased(account));
              contacts.remember(account, "new@example.com");
              return List.of(Events.created(account)); // read just before
            });

    late.deliverDue();

    await().until(() -> count("overtaken") == 1);
    assertThat(row("alice").reason()).contains(Mails.Reason.ERASED);
    assertThat(smtp.tried()).isEmpty();
  }

  @Test
  void anErasureIsOfOnePersonAndOtherEventsEraseNothing() {
    due("alice", Events.created("alice"));
    due("bob", Events.created("bob"));
    Eraser eraser = new Eraser(contacts, mails);

    eraser.on(Events.allDeleted("bob"));
    eraser.on(Events.erased("alice"));

    assertThat(contacts.of("bob")).contains("bob@example.com");
    assertThat(row("bob").state()).isEqualTo("pending");
  }

  @Test
  void ofTwoCodesOnlyTheValidOneIsSent() throws Exception {
    due("alice", Events.opened("alice", "ch_1"), Events.reissued("alice", "ch_1", 2));
    mails.note("alice", 2);

    courier.deliverDue();

    await().until(() -> mails.pending() == 0);
    assertThat(table.row("alice", 1).reason()).contains(Mails.Reason.SUPERSEDED);
    assertThat(table.row("alice", 2).state()).isEqualTo("sent");
    assertThat(smtp.taken()).hasSize(1);
  }

  @Test
  void aCodeThatExpiredWhileTheServerWasAwayIsGivenUp() throws Exception {
    due("alice", Events.opened("alice", "ch_1"));
    clock.advance(Duration.ofMinutes(10));

    courier.deliverDue();

    awaitState("alice", "dropped");
    assertThat(row("alice").reason()).contains(Mails.Reason.EXPIRED);
    assertThat(smtp.tried()).isEmpty();
  }

  @Test
  void aRestartedNodeSendsAtOnceWhatItHadClaimed() {
    due("alice", Events.created("alice"));
    mails.claim(1);

    courier.start();

    awaitState("alice", "sent");
  }

  @Test
  void anotherNodeSendsWhatADeadOneHadClaimedWhenTheLeaseIsOver() throws Exception {
    due("alice", Events.created("alice"));
    new InMemoryMails(table, clock, "dead").claim(1);

    assertThat(courier.deliverDue()).isZero();
    clock.advance(Mails.LEASE);
    courier.deliverDue();

    awaitState("alice", "sent");
  }

  @Test
  void whatWasTakenOverIsNotSentAgainBecauseTheDatabaseWasAway() {
    AtomicInteger failures = new AtomicInteger(3);
    InMemoryMails flaky =
        new InMemoryMails(table, clock, "node-1") {
          @Override
          public void sent(Due mail) {
            if (failures.getAndDecrement() > 0) {
              throw new DataAccessResourceFailureException("away");
            }
            super.sent(mail);
          }
        };
    MailCourier running = courier(flaky);
    due("alice", Events.created("alice"));

    running.start();
    awaitState("alice", "sent");
    running.stop();

    assertThat(smtp.taken()).hasSize(1);
  }

  @Test
  void othersGoOnWhileOneAddressHangs() {
    CountDownLatch hang = new CountDownLatch(1);
    due("stuck", Events.created("stuck"));
    smtp.refuse("stuck@example.com", hang::await);
    courier.start();
    await().until(() -> smtp.tried().contains("stuck@example.com"));

    List<String> others = List.of("a", "b", "c", "d", "e");
    others.forEach(account -> due(account, Events.created(account)));

    others.forEach(account -> awaitState(account, "sent"));
    assertThat(row("stuck").state()).isEqualTo("pending");
    hang.countDown();
    awaitState("stuck", "sent");
  }

  @Test
  void aFaultInOneMailStopsNoOther() throws Exception {
    mails.note("nobody", 1);
    clock.advance(Duration.ofMillis(1));
    due("alice", Events.created("alice"));

    courier.deliverDue();

    awaitState("alice", "sent");
    await().until(() -> count("fault") == 1);
    assertThat(row("nobody").state()).isEqualTo("pending");
  }

  /** The server says so to the address of a mail. */
  private void refuseAddress(String address, int code, String reply) {
    smtp.refuse(
        address,
        () -> {
          throw new SendFailedException(
              "Invalid Addresses",
              new SMTPAddressFailedException(new InternetAddress(address), "RCPT", code, reply));
        });
  }

  /** The server says so to a command that names no recipient. */
  private void refuseCommand(String address, String command, int code, String reply) {
    smtp.refuse(
        address,
        () -> {
          throw new SMTPSendFailedException(
              command,
              code,
              reply,
              new MessagingException(),
              new Address[0],
              new Address[0],
              new Address[0]);
        });
  }

  private MailCourier courier(Mails store) {
    return courier(
        store,
        (account, position) -> {
          List<KeyRingEvent> all = histories.getOrDefault(account, List.of());
          return all.subList(Math.toIntExact(position) - 1, all.size());
        });
  }

  private MailCourier courier(Mails store, MailCourier.History history) {
    DerivedCodes codes =
        new DerivedCodes(
            new RootKeys(Events.ROOT_KEY_ID, Map.of(Events.ROOT_KEY_ID, TestPlatform.ROOT_KEY)), 8);
    return new MailCourier(
        store,
        history,
        contacts,
        new MailComposer(new MailWriter("Keyledger"), codes, Duration.ofDays(3)),
        new Postman(smtp, "no-reply@keyledger.invalid"),
        new KeyledgerSettings.Mail(
            "no-reply@keyledger.invalid",
            SENDERS,
            store.equals(mails) ? Duration.ofSeconds(1) : Duration.ofMillis(1),
            Duration.ofMinutes(1),
            Duration.ofDays(3)),
        clock,
        meters);
  }

  private void due(String account, KeyRingEvent... events) {
    histories.put(account, List.of(events));
    contacts.remember(account, account + "@example.com");
    mails.note(account, 1);
  }

  private Row row(String account) {
    return table.row(account, 1);
  }

  private void awaitState(String account, String state) {
    await().until(() -> row(account).state().equals(state));
  }

  private double count(String outcome) {
    return meters.counter("keyledger.mails", "outcome", outcome).count();
  }
}
