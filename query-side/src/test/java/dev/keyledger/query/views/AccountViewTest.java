package dev.keyledger.query.views;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.VERIFICATION_KEY;
import static dev.keyledger.query.Events.allKeysDeleted;
import static dev.keyledger.query.Events.enrolmentStarted;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.Events.twoFactorEnabled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each event changes in a view. */
class AccountViewTest {

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
                List.of("read"),
                List.of(),
                NOON.toString(),
                NOON.toString(),
                null));
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
    assertThat(edited.permissions()).containsExactly("read", "trade");
    assertThat(edited.trustedIps()).containsExactly("203.0.113.7");
    assertThat(edited.createdAt()).isEqualTo(NOON.toString());
    assertThat(edited.updatedAt()).isEqualTo(NOON.plusSeconds(5).toString());
    assertThat(view.keys().getLast().permissions()).containsExactly("read");
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
        new AccountLocked("alice", NOON, NOON));
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
  void everyAddressMayUseAKeyWithoutAddressesOrWithAWholeFamily() {
    AccountView view =
        after(
            keyCreated("alice", "none"),
            keyCreated("alice", "one"),
            permissionsEdited("alice", "one", NOON, "203.0.113.7", "2001:db8::/48"),
            keyCreated("alice", "all"),
            permissionsEdited("alice", "all", NOON, "203.0.113.7", "::/0"));

    assertThat(view.keys()).extracting(KeyView::unrestricted).containsExactly(true, false, true);
  }

  @Test
  void aKeyIsExpiredFromTheInstantOn() {
    KeyView key = after(keyCreated("alice", "k1", NOON.plusSeconds(60))).keys().getFirst();

    assertThat(key.expired(NOON.plusSeconds(60).minusNanos(1))).isFalse();
    assertThat(key.expired(NOON.plusSeconds(60))).isTrue();
    assertThat(after(keyCreated("alice", "k2")).keys().getFirst().expired(NOON)).isFalse();
  }

  private static AccountView after(KeyRingEvent... events) {
    AccountView view = AccountView.unknown("alice");
    for (KeyRingEvent event : events) {
      view = AccountView.evolve(view, event, view.position() + 1);
    }
    return view;
  }
}
