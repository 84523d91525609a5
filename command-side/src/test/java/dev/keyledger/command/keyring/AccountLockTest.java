package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.Outcome.KeysDeleted;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.command.keyring.Refusal.WrongCode;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten wrong attempts in a row, over any number of challenges, lock verification for a while. */
class AccountLockTest {
  private static final String SECOND = "alice-challenge-2";
  private static final String THIRD = "alice-challenge-3";
  private final KeyRingFixture ring =
      new KeyRingFixture().givenTwoFactor().givenOpen(new Operation.DeleteAll());

  @Test
  void theTenthWrongAttemptInARowLocks() {
    wrong(CHALLENGE, 5);
    openAnother();
    wrong(SECOND, 4);

    ring.when(ring.wrongCodes(SECOND))
        .appends(
            new CodeRejected(ACCOUNT, ring.now(), SECOND, 0, 10),
            new ChallengeClosed(ACCOUNT, ring.now(), SECOND, "worn-out"),
            new AccountLocked(ACCOUNT, ring.now(), ring.now().plus(TestRules.LOCK)))
        .refusesAndRemembers(new WrongCode(0));
  }

  @Test
  void whileItIsLockedNoCodeIsLookedAt() {
    lock();
    openAnother();

    Duration left = TestRules.LOCK.minus(TestRules.COOLDOWN);
    ring.when(ring.rightCodes(THIRD)).refuses(new Refusal.AccountLocked(left));
    ring.when(ring.wrongCodes(THIRD)).refuses(new Refusal.AccountLocked(left));
    ring.when(ring.rightCodes(SECOND)).refuses(new Refusal.AccountLocked(left));
    ring.when(ring.rightCodes("nonsense")).refuses(new Refusal.AccountLocked(left));
  }

  @Test
  void endsAtTheInstantItSays() {
    lock();
    ring.after(TestRules.LOCK.minusMillis(1));
    ring.when(new DeleteAll(ACCOUNT));
    ring.when(ring.rightCodes(THIRD)).refuses(new Refusal.AccountLocked(Duration.ofMillis(1)));

    ring.after(Duration.ofMillis(1));

    ring.when(ring.rightCodes(THIRD)).answers(new KeysDeleted(List.of()));
  }

  @Test
  void takesTenMoreToLockAgain() {
    lock();
    ring.after(TestRules.LOCK);
    openAnother();

    ring.when(ring.wrongCodes(THIRD)).appends(new CodeRejected(ACCOUNT, ring.now(), THIRD, 4, 1));
  }

  @Test
  void aRightAttemptStartsTheCountAfresh() {
    wrong(CHALLENGE, 5);
    openAnother();
    wrong(SECOND, 4);
    ring.when(ring.rightCodes(SECOND)).answers(new KeysDeleted(List.of()));
    ring.after(Duration.ofSeconds(30)).when(new DeleteAll(ACCOUNT));

    ring.when(ring.wrongCodes(THIRD)).appends(new CodeRejected(ACCOUNT, ring.now(), THIRD, 4, 1));
  }

  @Test
  void waitingDoesNotStartTheCountAfresh() {
    wrong(CHALLENGE, 3);
    ring.after(Duration.ofDays(1)).when(new DeleteAll(ACCOUNT));

    ring.when(ring.wrongCodes(SECOND)).appends(new CodeRejected(ACCOUNT, ring.now(), SECOND, 4, 4));
  }

  @Test
  void wearsOutAndLocksWithoutLosingWhyTheChallengeIsClosed() {
    lock();
    ring.after(TestRules.LOCK).when(ring.rightCodes(SECOND)).refuses(Rule.CHALLENGE_CLOSED);
  }

  private void lock() {
    wrong(CHALLENGE, 5);
    openAnother();
    wrong(SECOND, 5);
  }

  private void openAnother() {
    ring.after(TestRules.COOLDOWN).when(new DeleteAll(ACCOUNT));
  }

  private void wrong(String challenge, int times) {
    for (int attempt = 1; attempt <= times; attempt++) {
      ring.when(ring.wrongCodes(challenge));
    }
  }
}
