package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.FakeCodes.ROOT_KEY;
import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;

import dev.keyledger.command.keyring.KeyRingCommand.ConfirmTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
import dev.keyledger.command.keyring.Outcome.EnrolmentStarted;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import org.junit.jupiter.api.Test;

/** Starting an enrolment of the second factor. */
class EnableTwoFactorTest {
  private static final EnableTwoFactor ENABLE = new EnableTwoFactor(ACCOUNT);
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void startsAnEnrolmentOnARingThatNothingHappenedTo() {
    ring.when(ENABLE)
        .appends(new TwoFactorEnrolmentStarted(ACCOUNT, ring.now(), "enrolment-1", ROOT_KEY))
        .answers(new EnrolmentStarted(SecretText.of("root-1 for alice, enrolment-1")));
  }

  @Test
  void givesAFreshSecretUntilItIsConfirmed() {
    ring.givenEnrolment()
        .when(ENABLE)
        .appends(new TwoFactorEnrolmentStarted(ACCOUNT, ring.now(), "enrolment-2", ROOT_KEY))
        .answers(new EnrolmentStarted(SecretText.of("root-1 for alice, enrolment-2")));
  }

  @Test
  void makesTheEarlierSecretVoid() {
    ring.givenEnrolment().when(ENABLE);

    ring.when(new ConfirmTwoFactor(ACCOUNT, ring.totp("enrolment-1", 0)))
        .refuses(Refusal.Rule.WRONG_TOTP);
  }

  @Test
  void isRefusedOnceTheSecondFactorIsOn() {
    ring.givenTwoFactor().when(ENABLE).refuses(Refusal.Rule.TWO_FACTOR_ALREADY_ENABLED);
  }
}
