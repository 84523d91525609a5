package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;

import dev.keyledger.command.keyring.KeyRingCommand.ExpireKey;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.StepTaken;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The end of a key's time. */
class ExpireKeyTest {
  private static final ExpireKey EXPIRE = new ExpireKey(ACCOUNT, "key-1");
  private final KeyRingFixture ring = new KeyRingFixture();
  private final Instant end = ring.now().plus(Duration.ofDays(1)).plusNanos(500);

  @Test
  void isToldOnceAndNotBeforeItsTime() {
    ring.givenKey("TradingBot1", end, "read").after(Duration.ofDays(1));
    ring.when(EXPIRE).appends().answers(new NothingDue());

    ring.after(Duration.ofMillis(1))
        .when(EXPIRE)
        .appends(new KeyExpired(ACCOUNT, ring.now(), "key-1", "TradingBot1", end))
        .answers(new StepTaken());
    ring.when(EXPIRE).appends().answers(new NothingDue());
  }

  @Test
  void alsoForADisabledKey() {
    ring.givenKey("TradingBot1", end, "read")
        .givenDisabled("key-1", "TradingBot1")
        .after(Duration.ofDays(2))
        .when(EXPIRE)
        .appends(new KeyExpired(ACCOUNT, ring.now(), "key-1", "TradingBot1", end));
  }

  @Test
  void isNotDueForAKeyThatIsGoneOrHasNoEnd() {
    ring.when(EXPIRE).appends().answers(new NothingDue());
    ring.givenKey("TradingBot1").after(Duration.ofDays(1000)).when(EXPIRE).appends();
  }

  @Test
  void isNotDueWhereTheEndWasMoved() {
    ring.givenKey("TradingBot1", end, "read")
        .after(Duration.ofDays(2))
        .given(
            new ExpiryChanged(
                ACCOUNT, ring.now(), "alice-challenge-0", "key-1", "TradingBot1", end, null))
        .when(EXPIRE)
        .appends()
        .answers(new NothingDue());
  }
}
