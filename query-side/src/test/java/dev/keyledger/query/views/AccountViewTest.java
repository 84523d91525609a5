package dev.keyledger.query.views;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.VERIFICATION_KEY;
import static dev.keyledger.query.Events.allKeysDeleted;
import static dev.keyledger.query.Events.enrolmentStarted;
import static dev.keyledger.query.Events.expiryChanged;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.keyEnabled;
import static dev.keyledger.query.Events.keyRotated;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.Events.permissionsLapsed;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import dev.keyledger.events.KeyRingEvent.PersonErased;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each event changes in a view. */
class AccountViewTest {
  private static final Rights READ = new Rights(List.of("read"), List.of());

  @Test
  void enrolmentMakesTheSecondFactorPending() {
    assertThat(after(enrolmentStarted("alice")).twoFactor()).isEqualTo(TwoFactor.PENDING);
  }

  @Test
  void confirmationEnablesTheSecondFactor() {
    assertThat(after(enrolmentStarted("alice"), twoFactorEnabled("alice")).twoFactor())
        .isEqualTo(TwoFactor.ENABLED);
  }

  @Test
  void disablingEndsTheSecondFactor() {
    assertThat(
            after(
                    twoFactorEnabled("alice"),
                    new TwoFactorDisabled("alice", NOON, "enrolment-1", "challenge-1"))
                .twoFactor())
        .isEqualTo(TwoFactor.DISABLED);
  }

  @Test
  void createdKeysAreListedOldestFirst() {
    AccountView view = after(keyCreated("alice", "k2"), keyCreated("alice", "k1"));

    assertThat(view.keys()).extracting(KeyView::publicApiKey).containsExactly("k2", "k1");
    assertThat(view.keys().getFirst())
        .isEqualTo(
            new KeyView(
                "k2",
                "Bot k2",
                "ed25519",
                VERIFICATION_KEY,
                null,
                new Rights(List.of("read"), List.of()),
                null,
                null,
                null,
                null,
                null,
                NOON.toString(),
                NOON.toString()));
  }

  @Test
  void anEditReplacesRightsAndKeepsThePlace() {
    AccountView view =
        after(
            keyCreated("alice", "k1"),
            keyCreated("alice", "k2"),
            permissionsEdited("alice", "k1", NOON.plusSeconds(5), "203.0.113.7"));

    KeyView edited = view.keys().getFirst();
    assertThat(edited.publicApiKey()).isEqualTo("k1");
    assertThat(edited.rights())
        .isEqualTo(new Rights(List.of("read", "trade"), List.of("203.0.113.7")));
    assertThat(edited.createdAt()).isEqualTo(NOON.toString());
    assertThat(edited.updatedAt()).isEqualTo(NOON.plusSeconds(5).toString());
    assertThat(view.keys().getLast().rights()).isEqualTo(READ);
  }

  @Test
  void aLapseReplacesRightsAsAnEditDoes() {
    AccountView view =
        after(
            keyCreated("alice", "k1"),
            permissionsEdited("alice", "k1", NOON),
            permissionsLapsed("alice", "k1", NOON.plusSeconds(5)));

    assertThat(view.keys().getFirst().rights()).isEqualTo(READ);
    assertThat(view.keys().getFirst().updatedAt()).isEqualTo(NOON.plusSeconds(5).toString());
  }

  @Test
  void theExpiryIsReplacedAndTakenAway() {
    Instant end = NOON.plusSeconds(60);
    AccountView ending = after(keyCreated("alice", "k1"), expiryChanged("alice", "k1", end));

    assertThat(ending.keys().getFirst().expiresAt()).isEqualTo(end);
    assertThat(
            AccountView.evolve(ending, expiryChanged("alice", "k1", null), 3)
                .keys()
                .getFirst()
                .expiresAt())
        .isNull();
  }

  @Test
  void aDisabledKeyStaysUntilItIsEnabled() {
    AccountView disabled =
        after(keyCreated("alice", "k1"), keyDisabled("alice", "k1", NOON.plusSeconds(5)));

    KeyView key = disabled.keys().getFirst();
    assertThat(key.disabledReason()).isEqualTo("by-owner");
    assertThat(key.state(NOON)).isEqualTo(KeyState.DISABLED);
    assertThat(key.updatedAt()).isEqualTo(NOON.plusSeconds(5).toString());

    KeyView enabled =
        AccountView.evolve(disabled, keyEnabled("alice", "k1", NOON.plusSeconds(9)), 3)
            .keys()
            .getFirst();
    assertThat(enabled.disabledReason()).isNull();
    assertThat(enabled.state(NOON)).isEqualTo(KeyState.ACTIVE);
    assertThat(enabled.updatedAt()).isEqualTo(NOON.plusSeconds(9).toString());
  }

  @Test
  void aRotatedKeyRetiresBesideItsSuccessor() {
    Instant end = NOON.plusSeconds(60);
    AccountView view = after(keyCreated("alice", "k1"), keyRotated("alice", "k1", "k2", end));

    KeyView old = view.keys().getFirst();
    assertThat(old.publicApiKey()).isEqualTo("k1");
    assertThat(old.retiresAt()).isEqualTo(end);
    assertThat(old.rotatedTo()).isEqualTo("k2");
    assertThat(old.rights()).isEqualTo(READ);
    assertThat(view.keys().getLast())
        .isEqualTo(
            new KeyView(
                "k2",
                "Bot k1",
                "hmac-sha256",
                null,
                "root-1",
                new Rights(List.of("read", "trade"), List.of("203.0.113.7"), new RateLimit(5, 10)),
                null,
                null,
                null,
                null,
                "k1",
                NOON.toString(),
                NOON.toString()));
  }

  @Test
  void aRotatedKeyIsGoneFromTheEndOfItsGraceOn() {
    Instant end = NOON.plusSeconds(60);
    AccountView view = after(keyCreated("alice", "k1"), keyRotated("alice", "k1", "k2", end));

    assertThat(view.keys(end.minusNanos(1))).hasSize(2);
    assertThat(view.keys().getFirst().state(end.minusNanos(1))).isEqualTo(KeyState.RETIRING);
    assertThat(view.keys(end)).extracting(KeyView::publicApiKey).containsExactly("k2");
  }

  @Test
  void disabledWinsOverRetiringAndExpiredOverAll() {
    Instant end = NOON.plusSeconds(60);
    AccountView view =
        after(
            keyCreated("alice", "k1", end),
            keyRotated("alice", "k1", "k2", end.plusSeconds(60)),
            keyDisabled("alice", "k1", NOON));

    KeyView key = view.keys().getFirst();
    assertThat(key.state(end.minusNanos(1))).isEqualTo(KeyState.DISABLED);
    assertThat(key.state(end)).isEqualTo(KeyState.EXPIRED);
  }

  @Test
  void aResetEndsTheSecondFactor() {
    assertThat(
            after(
                    twoFactorEnabled("alice"),
                    new TwoFactorReset("alice", NOON, "enrolment-1", "sam", "lost the phone"))
                .twoFactor())
        .isEqualTo(TwoFactor.DISABLED);
  }

  @Test
  void aDeletedKeyIsGoneAndTheOthersStay() {
    assertThat(
            after(keyCreated("alice", "k1"), keyCreated("alice", "k2"), keyDeleted("alice", "k1"))
                .keys())
        .extracting(KeyView::publicApiKey)
        .containsExactly("k2");
  }

  @Test
  void deletingAllLeavesNone() {
    AccountView view =
        after(
            keyCreated("alice", "k1"),
            keyCreated("alice", "k2"),
            allKeysDeleted("alice", "k1", "k2"));

    assertThat(view.keys()).isEmpty();
    assertThat(view.position()).isEqualTo(3);
  }

  static Stream<KeyRingEvent> eventsThatShowNothing() {
    return Stream.of(
        new ChallengeOpened(
            "alice", NOON, "c", new Operation.DeleteAll(), List.of("email"), 1, "r", 8, NOON, NOON),
        new CodeReissued(
            "alice", NOON, "c", new Operation.DeleteAll(), List.of("email"), 2, "r", NOON, NOON),
        new CodeRejected("alice", NOON, "c", 4, 1),
        new CodeVerified("alice", NOON, "c", List.of("email"), null),
        new ChallengeClosed("alice", NOON, "c", "cancelled"),
        new AccountLocked("alice", NOON, NOON),
        new PersonErased("alice", NOON, "sam"),
        new KeyExpiring("alice", NOON, "k1", "Bot k1", NOON),
        new KeyExpired("alice", NOON, "k1", "Bot k1", NOON));
  }

  @ParameterizedTest
  @MethodSource("eventsThatShowNothing")
  void otherEventsOnlyMoveThePosition(KeyRingEvent event) {
    AccountView before = after(twoFactorEnabled("alice"), keyCreated("alice", "k1"));

    AccountView view = AccountView.evolve(before, event, 3);

    assertThat(view)
        .isEqualTo(
            new AccountView("alice", before.partition(), 3, 3, before.twoFactor(), before.keys()));
  }

  @Test
  void anEditOfAKeyThatIsNotThereChangesNoKey() {
    AccountView view =
        after(keyCreated("alice", "k1"), permissionsEdited("alice", "other", NOON, "10.0.0.1"));

    assertThat(view.keys()).containsExactlyElementsOf(after(keyCreated("alice", "k1")).keys());
  }

  @Test
  void aViewThatKnowsOfALaterEventIsNotCompleteUntilItHoldsIt() {
    AccountView gap = after(keyCreated("alice", "k1")).knowing(3);

    AccountView two = AccountView.evolve(gap, keyCreated("alice", "k2"), 2);
    AccountView three = AccountView.evolve(two, keyDeleted("alice", "k2"), 3);

    assertThat(gap.complete()).isFalse();
    assertThat(two.complete()).isFalse();
    assertThat(three.complete()).isTrue();
  }

  @Test
  void aKeyIsExpiredFromTheInstantOn() {
    KeyView key = after(keyCreated("alice", "k1", NOON.plusSeconds(60))).keys().getFirst();

    assertThat(key.state(NOON.plusSeconds(60).minusNanos(1))).isEqualTo(KeyState.ACTIVE);
    assertThat(key.state(NOON.plusSeconds(60))).isEqualTo(KeyState.EXPIRED);
  }

  private static AccountView after(KeyRingEvent... events) {
    AccountView view = AccountView.unknown("alice");
    for (KeyRingEvent event : events) {
      view = AccountView.evolve(view, event, view.position() + 1);
    }
    return view;
  }
}
