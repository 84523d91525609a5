package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;

import dev.keyledger.command.keyring.KeyRingCommand.WarnOfExpiry;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.StepTaken;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The warning a week before a key ends. */
class WarnOfExpiryTest {
  private static final WarnOfExpiry WARN = new WarnOfExpiry(ACCOUNT, "key-1");
  private final KeyRingFixture ring = new KeyRingFixture();
  private final Instant end = ring.now().plus(Duration.ofDays(10));

  @Test
  void comesOnceAndNotBeforeItsTime() {
    ring.givenKey("TradingBot1", end, "read").after(Duration.ofDays(3).minusMillis(1));
    ring.when(WARN).appends().answers(new NothingDue());

    ring.after(Duration.ofMillis(1)).when(WARN).appends(expiring(end)).answers(new StepTaken());
    ring.when(WARN).appends().answers(new NothingDue());
  }

  @Test
  void doesNotComeWhenItIsTooLateOrNotNeeded() {
    ring.when(WARN).appends().answers(new NothingDue());
    ring.givenKey("TradingBot1", end, "read")
        .givenKey("Other Bot 2")
        .after(Duration.ofDays(10))
        .when(WARN)
        .appends();
    ring.when(new WarnOfExpiry(ACCOUNT, "key-2")).appends().answers(new NothingDue());
  }

  @Test
  void doesNotComeForAKeyThatWasReplaced() {
    ring.givenKey("TradingBot1", end, "read")
        .after(Duration.ofDays(4))
        .givenRotated("key-1", "TradingBot1", Duration.ofHours(1))
        .when(WARN)
        .appends()
        .answers(new NothingDue());
  }

  @Test
  void comesAgainForAnotherEnd() {
    Instant later = end.plus(Duration.ofDays(30));
    ring.givenKey("TradingBot1", end, "read").after(Duration.ofDays(5)).when(WARN);
    ring.given(
            new ExpiryChanged(
                ACCOUNT, ring.now(), "alice-challenge-0", "key-1", "TradingBot1", end, later))
        .when(WARN)
        .appends()
        .answers(new NothingDue());

    ring.after(Duration.ofDays(30)).when(WARN).appends(expiring(later));
  }

  private KeyExpiring expiring(Instant at) {
    return new KeyExpiring(ACCOUNT, ring.now(), "key-1", "TradingBot1", at);
  }
}
