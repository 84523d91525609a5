package dev.keyledger.replay;

import static dev.keyledger.replay.History.BOTH;
import static dev.keyledger.replay.History.NOON;
import static dev.keyledger.replay.History.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
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
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Rights READ = new Rights(List.of("read"), List.of());
  private static final Rights ALL =
      new Rights(List.of("read", "trade", "withdraw"), List.of("203.0.113.7"));
  private static final Instant LATE = time(1000);

  private final History history = new History("alice").withTwoFactor();

  @Test
  void nothingHappened() {
    KeyRing ring = new History("bob").ring();

    assertThat(ring).isEqualTo(KeyRing.empty("bob"));
    assertThat(ring.position()).isZero();
    assertThat(ring.twoFactor().state().text()).isEqualTo("disabled");
  }

  @Test
  void theSecondFactorComesAndGoes() {
    KeyRing pending = history.at(new At.Position(1));
    assertThat(pending.twoFactor().state()).isEqualTo(TwoFactor.State.PENDING);
    assertThat(pending.twoFactor().rootKeyId()).isEqualTo("root");

    TwoFactor enabled = history.ring().twoFactor();
    assertThat(enabled.state()).isEqualTo(TwoFactor.State.ENABLED);
    assertThat(enabled.rootKeyId()).isEqualTo("root");
    assertThat(since(enabled).position()).isEqualTo(2);

    history
        .approved("ch-9", new Operation.DisableTwoFactor())
        .then((account, at) -> new TwoFactorDisabled(account, at, "enrolment-1", "ch-9"));
    TwoFactor disabled = history.ring().twoFactor();
    assertThat(disabled.state()).isEqualTo(TwoFactor.State.DISABLED);
    assertThat(disabled.enrolmentId()).isNull();
    assertThat(approval(since(disabled)).challengeId()).isEqualTo("ch-9");
  }

  @Test
  void theSupportIsNamed() {
    history
        .withKey("ch-1", "key-1")
        .then(
            (account, at) -> new KeyDisabled(account, at, "key-1", "Bot 1", "support-reset", "sue"))
        .then((account, at) -> new TwoFactorReset(account, at, "enrolment-1", "sue", "phone lost"));

    Cause reset = since(history.ring().twoFactor());
    assertThat(reset.supporter()).isEqualTo("sue");
    assertThat(reset.reason()).isEqualTo("phone lost");
    assertThat(reset.challengeId()).isNull();
    Cause disabled = Objects.requireNonNull(key("key-1").disabled());
    assertThat(disabled.supporter()).isEqualTo("sue");
    assertThat(disabled.reason()).isEqualTo("support-reset");
  }

  @Test
  void aKeyTellsWhoApprovedIt() {
    history.withKey("ch-1", "key-1");

    Key key = key("key-1");
    assertThat(key.state(LATE)).isEqualTo(KeyState.ACTIVE);
    assertThat(key.permissions(LATE)).containsExactly("read", "trade");
    assertThat(key.created())
        .isEqualTo(
            new Cause(
                "dev.keyledger.KeyCreated.v1",
                4,
                5,
                time(4),
                "ch-1",
                new Approval("ch-1", BOTH, 3, 4, time(3)),
                null,
                null));
    assertThat(key.since()).isEqualTo(key.created());
  }

  @Test
  void anEventWithoutTheChallengeThatItNamesHasNoApproval() {
    history.withKey("ch-1", "key-1").then((account, at) -> edited(account, at, "ch-2"));

    assertThat(key("key-1").since().challengeId()).isEqualTo("ch-2");
    assertThat(key("key-1").since().approval()).isNull();
  }

  @Test
  void rightsAreReplacedAndLapse() {
    history
        .withKey("ch-1", "key-1")
        .approved("ch-2", new Operation.DeleteAll())
        .then((account, at) -> edited(account, at, "ch-2"));
    assertThat(key("key-1").rights()).isEqualTo(ALL);
    assertThat(approval(key("key-1").since()).challengeId()).isEqualTo("ch-2");
    assertThat(approval(key("key-1").created()).challengeId()).isEqualTo("ch-1");

    history.then((account, at) -> new PermissionsLapsed(account, at, "key-1", "Bot 1", ALL, READ));
    assertThat(key("key-1").rights()).isEqualTo(READ);
    assertThat(key("key-1").since().type()).isEqualTo("dev.keyledger.PermissionsLapsed.v1");
    assertThat(key("key-1").since().approval()).isNull();
  }

  @Test
  void aDisabledKeyCanDoNothingUntilItIsEnabled() {
    history.withKey("ch-1", "key-1").disabled("key-1");
    assertThat(key("key-1").state(LATE)).isEqualTo(KeyState.DISABLED);
    assertThat(key("key-1").permissions(LATE)).isEmpty();

    history
        .approved("ch-2", new Operation.EnableKey("key-1", "Bot 1"))
        .then((account, at) -> new KeyEnabled(account, at, "ch-2", "key-1", "Bot 1"));
    assertThat(key("key-1").state(LATE)).isEqualTo(KeyState.ACTIVE);
    assertThat(key("key-1").disabled()).isNull();
    assertThat(approval(key("key-1").since()).challengeId()).isEqualTo("ch-2");

    history.disabled("key-1");
    assertThat(key("key-1").enabled()).isNull();
  }

  @Test
  void aKeyEndsAtTheInstantItWasGiven() {
    Instant end = time(500);
    history
        .withKey("ch-1", "key-1")
        .approved("ch-2", new Operation.DeleteAll())
        .then((account, at) -> new ExpiryChanged(account, at, "ch-2", "key-1", "Bot 1", null, end))
        .then((account, at) -> new KeyExpiring(account, at, "key-1", "Bot 1", end))
        .then((account, at) -> new KeyExpired(account, at, "key-1", "Bot 1", end));

    assertThat(key("key-1").state(end.minusNanos(1))).isEqualTo(KeyState.ACTIVE);
    assertThat(key("key-1").state(end)).isEqualTo(KeyState.EXPIRED);
    assertThat(key("key-1").permissions(end)).isEmpty();
    assertThat(Objects.requireNonNull(key("key-1").expirySince()).challengeId()).isEqualTo("ch-2");
  }

  @Test
  void anErasedPersonKeepsKeysAndSecondFactor() {
    KeyRing before = history.withKey("ch-1", "key-1").ring();

    KeyRing after = history.then((account, at) -> new PersonErased(account, at, "sue")).ring();

    assertThat(after.position()).isEqualTo(before.position() + 1);
    assertThat(after.keys()).isEqualTo(before.keys());
    assertThat(after.twoFactor()).isEqualTo(before.twoFactor());
  }

  @Test
  void aRotatedKeyWorksUntilItsGraceEnds() {
    Instant end = time(500);
    history
        .withKey("ch-1", "key-1")
        .approved("ch-2", new Operation.DeleteAll())
        .then((account, at) -> rotated(account, at, end));

    Key old = key("key-1");
    assertThat(old.state(end.minusNanos(1))).isEqualTo(KeyState.RETIRING);
    assertThat(old.permissions(end.minusNanos(1))).containsExactly("read", "trade");
    assertThat(old.state(end)).isEqualTo(KeyState.RETIRED);
    assertThat(old.permissions(end)).isEmpty();
    assertThat(Objects.requireNonNull(old.retirement()).rotatedTo()).isEqualTo("key-2");
    Key made = key("key-2");
    assertThat(made.rotatedFrom()).isEqualTo("key-1");
    assertThat(made.rights()).isEqualTo(ALL);
    assertThat(made.secretRootKeyId()).isEqualTo("root");
    assertThat(approval(made.created()).factors()).isEqualTo(BOTH);
  }

  @Test
  void deletedKeysAreGone() {
    history
        .withKey("ch-1", "key-1")
        .withKey("ch-2", "key-2")
        .withKey("ch-3", "key-3")
        .then((account, at) -> new KeyDeleted(account, at, "ch-4", "key-2", "Bot 1"));
    assertThat(history.ring().keys())
        .extracting(Key::publicApiKey)
        .containsExactly("key-1", "key-3");

    history.then((account, at) -> new AllKeysDeleted(account, at, "ch-5", List.of("key-1")));
    assertThat(history.ring().keys()).isEmpty();
  }

  @Test
  void theOpenChallengeIsFollowed() {
    history.then((account, at) -> History.opened(account, at, "ch-1", new Operation.DeleteAll()));
    OpenChallenge opened = challenge();
    assertThat(opened.operation()).isEqualTo("delete-all");
    assertThat(opened.openedAt()).isEqualTo(time(2));
    assertThat(opened.logIndex()).isEqualTo(2);

    history
        .then((account, at) -> new CodeRejected(account, at, "ch-1", 4, 1))
        .then((account, at) -> reissued(account, at, "ch-1"));
    assertThat(challenge().attemptsLeft()).isEqualTo(4);
    assertThat(challenge().issue()).isEqualTo(2);
    assertThat(challenge().expiresAt()).isEqualTo(time(4).plusSeconds(600));
    assertThat(history.ring().rejectionsInARow()).isEqualTo(1);

    history
        .then((account, at) -> new ChallengeClosed(account, at, "ch-1", "cancelled"))
        .then((account, at) -> new AccountLocked(account, at, LATE));
    assertThat(history.ring().challenge()).isNull();
    assertThat(history.ring().lockedUntil()).isEqualTo(LATE);
    assertThat(history.ring().rejectionsInARow()).isZero();

    history.approved("ch-2", new Operation.DeleteAll());
    assertThat(history.ring().challenge()).isNull();
    assertThat(history.ring().lockedUntil()).isNull();
    assertThat(Objects.requireNonNull(history.ring().lastApproval()).challengeId())
        .isEqualTo("ch-2");
  }

  @Test
  void aStateIsAskedForByPositionIndexAndTime() {
    history.withKey("ch-1", "key-1").disabled("key-1");

    assertThat(history.at(new At.Position(5)).keys()).hasSize(1);
    assertThat(history.at(new At.Position(4)).keys()).isEmpty();
    assertThat(history.at(new At.Index(3))).isEqualTo(history.at(new At.Position(4)));
    assertThat(history.at(new At.Time(time(4)))).isEqualTo(history.at(new At.Position(5)));
    assertThat(history.at(new At.Time(time(4).minusNanos(1))).keys()).isEmpty();
    assertThat(history.at(new At.Position(0))).isEqualTo(KeyRing.empty("alice"));
    assertThat(history.at(new At.Position(99))).isEqualTo(history.ring());
  }

  @Test
  void aClockThatWentBackBringsNothingInAgain() {
    history.then((account, at) -> edited(account, at.plusSeconds(3600), "ch-1"));
    history.then((account, at) -> new CodeRejected(account, NOON, "ch-1", 4, 1));

    assertThat(history.at(new At.Time(time(5))).position()).isEqualTo(2);
  }

  @Test
  void eventsOutOfOrderAreRefused() throws Exception {
    KeyRing ring = history.ring();
    KeyRingEvent event = new CodeRejected("alice", NOON, "ch-1", 4, 1);

    for (LoggedEvent wrong :
        List.of(
            new LoggedEvent(9, 2, event),
            new LoggedEvent(9, 4, event),
            new LoggedEvent(1, 3, event))) {
      assertThatExceptionOfType(BrokenOrderException.class)
          .isThrownBy(() -> ring.evolve(wrong))
          .matches(e -> e.logIndex() == wrong.logIndex());
    }
    assertThat(ring.evolve(new LoggedEvent(9, 3, event)).position()).isEqualTo(3);
  }

  private Key key(String publicApiKey) {
    return history.ring().keys().stream()
        .filter(key -> key.publicApiKey().equals(publicApiKey))
        .findFirst()
        .orElseThrow();
  }

  private OpenChallenge challenge() {
    return Objects.requireNonNull(history.ring().challenge());
  }

  private static Cause since(TwoFactor factor) {
    return Objects.requireNonNull(factor.since());
  }

  private static Approval approval(Cause cause) {
    return Objects.requireNonNull(cause.approval());
  }

  private static PermissionsEdited edited(String account, Instant at, String challengeId) {
    return new PermissionsEdited(account, at, challengeId, "key-1", "Bot 1", READ, ALL);
  }

  private static CodeReissued reissued(String account, Instant at, String challengeId) {
    return new CodeReissued(
        account,
        at,
        challengeId,
        new Operation.DeleteAll(),
        BOTH,
        2,
        "root",
        at.plusSeconds(600),
        at.plusSeconds(60));
  }

  private static KeyRotated rotated(String account, Instant at, Instant end) {
    return new KeyRotated(
        account,
        at,
        "ch-2",
        "key-1",
        "key-2",
        "Bot 1",
        "hmac-sha256",
        null,
        "root",
        ALL,
        null,
        end);
  }
}
