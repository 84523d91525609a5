package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static dev.keyledger.command.keyring.KeyRingFixture.ROTATION;

import dev.keyledger.command.keyring.KeyRingCommand.EndGrace;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.StepTaken;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The end of a key that was replaced. */
class EndGraceTest {
  private static final EndGrace END = new EndGrace(ACCOUNT, "key-1");
  private static final Duration GRACE = Duration.ofMinutes(5);
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void deletesTheOldKeyOnceAndNotBeforeItsTime() {
    ring.givenKey("TradingBot1").givenRotated("key-1", "TradingBot1", GRACE);
    ring.after(GRACE.minusMillis(1)).when(END).appends().answers(new NothingDue());

    ring.after(Duration.ofMillis(1))
        .when(END)
        .appends(new KeyDeleted(ACCOUNT, ring.now(), ROTATION, "key-1", "TradingBot1"))
        .answers(new StepTaken());
    ring.when(END).appends().answers(new NothingDue());
  }

  @Test
  void alsoWhereItWasDisabled() {
    ring.givenKey("TradingBot1")
        .givenRotated("key-1", "TradingBot1", GRACE)
        .givenDisabled("key-1", "TradingBot1")
        .after(GRACE)
        .when(END)
        .appends(new KeyDeleted(ACCOUNT, ring.now(), ROTATION, "key-1", "TradingBot1"));
  }

  @Test
  void isNotDueForAKeyThatWasNotReplaced() {
    ring.givenKey("TradingBot1").after(Duration.ofDays(1000)).when(END).appends();
    ring.when(new EndGrace(ACCOUNT, "key-9")).appends().answers(new NothingDue());
  }

  @Test
  void leavesNothingToDeleteByHand() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .givenRotated("key-1", "TradingBot1", GRACE)
        .givenOpen(new Operation.DeleteKey("key-1", "TradingBot1"))
        .after(GRACE)
        .when(END);

    ring.when(ring.rightCodes(CHALLENGE))
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"))
        .refusesAndRemembers(Rule.UNKNOWN_KEY);
  }
}
