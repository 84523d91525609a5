package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.ErasePerson;
import dev.keyledger.command.keyring.KeyRingCommand.SendCode;
import dev.keyledger.command.keyring.Outcome.PersonForgotten;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.PersonErased;
import dev.keyledger.events.Operation;
import org.junit.jupiter.api.Test;

/** The support erases what identifies a person. */
class ErasePersonTest {
  private static final String SUPPORTER = "support-12";
  private static final ErasePerson ERASE = new ErasePerson(ACCOUNT, SUPPORTER);
  private static final PersonForgotten DONE = new PersonForgotten();
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void isToldAndNamesTheSupporter() {
    ring.givenTwoFactor().when(ERASE).appends(erased()).answers(DONE);
  }

  @Test
  void endsWhatWaitedForACodeThatWasMailed() {
    ring.givenTwoFactor()
        .givenOpen(new Operation.DeleteAll())
        .when(ERASE)
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"), erased())
        .answers(DONE);

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
    ring.when(new SendCode(ACCOUNT, CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
  }

  @Test
  void leavesKeysAndTheSecondFactorAsTheyAre() {
    ring.givenTwoFactor().givenKey("Bot One 1").when(ERASE).appends(erased());

    ring.when(new DisableKey(ACCOUNT, "key-1"))
        .appends(new KeyDisabled(ACCOUNT, ring.now(), "key-1", "Bot One 1", "by-owner", null));
    ring.when(new DeleteAll(ACCOUNT))
        .appends(ring.opened(CHALLENGE, new Operation.DeleteAll()))
        .answers(new Outcome.ChallengeWaits(challenge()));
  }

  @Test
  void happensOnceUntilAnAddressIsNotedAgain() {
    ring.givenTwoFactor().when(ERASE).appends(erased());
    ring.when(ERASE).appends().answers(DONE);

    ring.givenOpen(new Operation.DeleteAll())
        .when(ERASE)
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"), erased());
    ring.when(ERASE).appends().answers(DONE);
  }

  @Test
  void hasNothingToEraseWhereNoAddressCanHaveBeenNoted() {
    ring.when(ERASE).appends().answers(DONE);
    ring.givenEnrolment().when(ERASE).appends().answers(DONE);
  }

  @Test
  void leavesThePauseBetweenTwoCodes() {
    ring.givenTwoFactor();
    ring.when(new DeleteAll(ACCOUNT));
    ring.when(ERASE);

    ring.when(new DeleteAll(ACCOUNT)).refuses(new Refusal.CodeCooldown(TestRules.COOLDOWN));
  }

  private PersonErased erased() {
    return new PersonErased(ACCOUNT, ring.now(), SUPPORTER);
  }

  private Challenge challenge() {
    return Challenge.of(ring.opened(CHALLENGE, new Operation.DeleteAll()));
  }
}
