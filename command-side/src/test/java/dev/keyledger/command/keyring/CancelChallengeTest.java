package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.CancelChallenge;
import dev.keyledger.command.keyring.Outcome.ChallengeCancelled;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.Operation;
import org.junit.jupiter.api.Test;

/** Giving a challenge up. */
class CancelChallengeTest {
  private static final CancelChallenge CANCEL = new CancelChallenge(ACCOUNT, CHALLENGE);
  private final KeyRingFixture ring = new KeyRingFixture().givenTwoFactor();

  @Test
  void closesTheChallengeForGood() {
    ring.givenOpen(new Operation.DeleteAll())
        .when(CANCEL)
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "cancelled"))
        .answers(new ChallengeCancelled());

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
    ring.when(CANCEL).refuses(Rule.CHALLENGE_CLOSED);
  }

  @Test
  void isRefusedForAnotherChallengeThanTheOpenOne() {
    ring.givenOpen(new Operation.DeleteAll());

    ring.when(new CancelChallenge(ACCOUNT, "alice-challenge-0")).refuses(Rule.CHALLENGE_CLOSED);
    ring.when(new CancelChallenge(ACCOUNT, "bob-challenge-1")).refuses(Rule.UNKNOWN_CHALLENGE);
  }

  @Test
  void isRefusedOnARingThatNothingHappenedTo() {
    new KeyRingFixture()
        .when(new CancelChallenge(ACCOUNT, "nonsense"))
        .refuses(Rule.UNKNOWN_CHALLENGE);
  }

  @Test
  void isRefusedFromTheInstantOnAtWhichTheChallengeExpires() {
    ring.givenOpen(new Operation.DeleteAll())
        .after(TestRules.LIFETIME)
        .when(CANCEL)
        .refuses(Rule.CHALLENGE_EXPIRED);
  }
}
