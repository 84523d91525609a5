package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;

import dev.keyledger.command.keyring.KeyRingCommand.LapseOpenKey;
import dev.keyledger.command.keyring.Outcome.NothingDue;
import dev.keyledger.command.keyring.Outcome.StepTaken;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that trade or withdraw from everywhere do so for a while only, where the rules say so. */
class LapseOpenKeyTest {
  private static final LapseOpenKey LAPSE = new LapseOpenKey(ACCOUNT, "key-1");
  private final KeyRingFixture ring = new KeyRingFixture(TestRules.OPEN_KEYS_LAPSE);

  @ParameterizedTest
  @ValueSource(strings = {"trade", "withdraw"})
  void fallsBackToReadingOnceAndNotBeforeItsTime(String permission) {
    ring.givenKey("TradingBot1", null, "read", permission)
        .after(TestRules.LAPSE.minusMillis(1))
        .when(LAPSE)
        .appends()
        .answers(new NothingDue());

    ring.after(Duration.ofMillis(1))
        .when(LAPSE)
        .appends(
            new PermissionsLapsed(
                ACCOUNT,
                ring.now(),
                "key-1",
                "TradingBot1",
                new Rights(List.of("read", permission), List.of()),
                new Rights(List.of("read"), List.of())))
        .answers(new StepTaken());
    ring.after(TestRules.LAPSE).when(LAPSE).appends().answers(new NothingDue());
  }

  @Test
  void countsFromTheLastTimeTheRightsWereConfirmed() {
    Rights open =
        new Rights(List.of("read", "trade"), List.of("0.0.0.0/1", "128.0.0.0/1"), limit());
    ring.givenKey("TradingBot1", null, "read", "trade").after(TestRules.LAPSE);
    edited(open);
    ring.after(TestRules.LAPSE.minusMillis(1)).when(LAPSE).appends();

    ring.after(Duration.ofMillis(1))
        .when(LAPSE)
        .appends(
            new PermissionsLapsed(
                ACCOUNT,
                ring.now(),
                "key-1",
                "TradingBot1",
                open,
                new Rights(List.of("read"), open.trustedIps(), limit())));
  }

  @Test
  void sparesKeysThatOnlyReadOrAreLimitedToAddresses() {
    ring.givenKey("TradingBot1").after(TestRules.LAPSE).when(LAPSE).appends();
    edited(new Rights(List.of("read", "withdraw"), List.of("10.0.0.1")));
    ring.after(TestRules.LAPSE).when(LAPSE).appends().answers(new NothingDue());
  }

  @Test
  void isOffUnlessTheRulesSaySo() {
    KeyRingFixture usual = new KeyRingFixture();
    usual
        .givenKey("TradingBot1", null, "read", "withdraw")
        .after(Duration.ofDays(10_000))
        .when(LAPSE)
        .appends()
        .answers(new NothingDue());
  }

  private static RateLimit limit() {
    return new RateLimit(1, 2);
  }

  private void edited(Rights rights) {
    ring.given(
        new PermissionsEdited(
            ACCOUNT,
            ring.now(),
            "alice-challenge-0",
            "key-1",
            "TradingBot1",
            new Rights(List.of("read"), List.of()),
            rights));
  }
}
