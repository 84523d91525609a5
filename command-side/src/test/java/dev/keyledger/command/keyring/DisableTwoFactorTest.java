package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static dev.keyledger.command.keyring.KeyRingFixture.ENROLMENT;

import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableTwoFactor;
import dev.keyledger.command.keyring.Outcome.TwoFactorSwitchedOff;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.Operation;
import org.junit.jupiter.api.Test;

/** Switching the second factor off. */
class DisableTwoFactorTest {
  private static final DisableTwoFactor DISABLE = new DisableTwoFactor(ACCOUNT);
  private static final Operation OPERATION = new Operation.DisableTwoFactor();
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallenge() {
    ring.givenTwoFactor().when(DISABLE).appends(ring.opened(CHALLENGE, OPERATION));
  }

  @Test
  void happensOnceTheCodesAreRight() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            new TwoFactorDisabled(ACCOUNT, ring.now(), ENROLMENT, CHALLENGE))
        .answers(new TwoFactorSwitchedOff());

    ring.when(new CreateKey(ACCOUNT, "TradingBot1", null, null, null, null, null, null))
        .refuses(Refusal.Rule.TWO_FACTOR_REQUIRED);
  }

  @Test
  void isRefusedWithoutASecondFactor() {
    ring.when(DISABLE).refuses(Refusal.Rule.TWO_FACTOR_REQUIRED);
    ring.givenEnrolment().when(DISABLE).refuses(Refusal.Rule.TWO_FACTOR_REQUIRED);
  }

  @Test
  void isRefusedWhileTheRingHoldsKeys() {
    ring.givenTwoFactor().givenKey("TradingBot1").when(DISABLE).refuses(Refusal.Rule.KEYS_EXIST);
  }

  @Test
  void cantFloodAMailBox() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(DISABLE)
        .refuses(new CodeCooldown(TestRules.COOLDOWN));
  }
}
