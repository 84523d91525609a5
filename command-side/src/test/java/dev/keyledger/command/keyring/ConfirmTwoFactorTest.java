package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static dev.keyledger.command.keyring.KeyRingFixture.ENROLMENT;
import static dev.keyledger.command.keyring.KeyRingFixture.WRONG;

import dev.keyledger.command.keyring.KeyRingCommand.ConfirmTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.EnableTwoFactor;
import dev.keyledger.command.keyring.Outcome.TwoFactorConfirmed;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proving that the authenticator holds the secret. */
class ConfirmTwoFactorTest {
  private final KeyRingFixture ring = new KeyRingFixture(TestRules.IF_ENROLLED);

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void switchesTheSecondFactorOnAndUsesTheStepUp(int offset) {
    ring.givenEnrolment()
        .when(new ConfirmTwoFactor(ACCOUNT, ring.totp(offset)))
        .appends(new TwoFactorEnabled(ACCOUNT, ring.now(), ENROLMENT, ring.step() + offset))
        .answers(new TwoFactorConfirmed());
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 2})
  void refusesACodeOutsideTheWindow(int offset) {
    ring.givenEnrolment()
        .when(new ConfirmTwoFactor(ACCOUNT, ring.totp(offset)))
        .refuses(Refusal.Rule.WRONG_TOTP);
  }

  @Test
  void refusesAWrongCodeAndStaysPending() {
    ring.givenEnrolment()
        .when(new ConfirmTwoFactor(ACCOUNT, WRONG))
        .refuses(Refusal.Rule.WRONG_TOTP);

    ring.when(new ConfirmTwoFactor(ACCOUNT, ring.totp(0))).answers(new TwoFactorConfirmed());
  }

  @Test
  void isRefusedWithoutAnEnrolment() {
    ring.when(new ConfirmTwoFactor(ACCOUNT, ring.totp(0))).refuses(Refusal.Rule.NO_ENROLMENT);
  }

  @Test
  void isRefusedOnceTheSecondFactorIsOn() {
    ring.givenTwoFactor()
        .when(new ConfirmTwoFactor(ACCOUNT, ring.totp(0)))
        .refuses(Refusal.Rule.NO_ENROLMENT);
  }

  @Test
  void closesAChallengeThatTheEmailedCodeAloneWouldHaveFinished() {
    ring.givenOpen(new Operation.DeleteAll())
        .givenEnrolment()
        .when(new ConfirmTwoFactor(ACCOUNT, ring.totp(0)))
        .appends(
            new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "superseded"),
            new TwoFactorEnabled(ACCOUNT, ring.now(), ENROLMENT, ring.step()));

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Refusal.Rule.CHALLENGE_CLOSED);
  }

  @Test
  void refusesAStepThatAnEarlierEnrolmentUsedUp() {
    ring.givenTwoFactor()
        .given(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, KeyRingFixture.BOTH, ring.step()),
            new TwoFactorDisabled(ACCOUNT, ring.now(), ENROLMENT, CHALLENGE))
        .when(new EnableTwoFactor(ACCOUNT));

    ring.when(new ConfirmTwoFactor(ACCOUNT, ring.totp("enrolment-2", 0)))
        .refuses(Refusal.Rule.WRONG_TOTP);
    ring.when(new ConfirmTwoFactor(ACCOUNT, ring.totp("enrolment-2", 1)))
        .answers(new TwoFactorConfirmed());
  }
}
