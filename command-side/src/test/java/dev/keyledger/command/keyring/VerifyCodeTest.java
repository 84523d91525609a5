package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static dev.keyledger.command.keyring.KeyRingFixture.EMAIL_ONLY;
import static dev.keyledger.command.keyring.KeyRingFixture.WRONG;

import dev.keyledger.command.keyring.KeyRingCommand.ConfirmTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome.KeysDeleted;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.command.keyring.Refusal.WrongCode;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entering the codes of a challenge. What each operation then does is in its own test. */
class VerifyCodeTest {
  private static final String SECOND = "alice-challenge-2";
  private static final Operation OPERATION = new Operation.DeleteAll();
  private static final KeysDeleted DONE = new KeysDeleted(List.of());
  private final KeyRingFixture ring = new KeyRingFixture();

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void takesTheTotpOfThePresentStepAndOneToEitherSide(int offset) {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(codes(ring.emailCode(CHALLENGE, 1), ring.totp(offset)))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step() + offset),
            new AllKeysDeleted(ACCOUNT, ring.now(), CHALLENGE, List.of()))
        .answers(DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 2})
  void refusesATotpOutsideTheWindow(int offset) {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(codes(ring.emailCode(CHALLENGE, 1), ring.totp(offset)))
        .refusesAndRemembers(new WrongCode(4));
  }

  @Test
  void givesOneAnswerWhicheverFactorWasWrong() {
    CodeRejected rejected = new CodeRejected(ACCOUNT, ring.now(), CHALLENGE, 4, 1);
    for (boolean emailIsRight : new boolean[] {true, false}) {
      for (boolean totpIsRight : new boolean[] {true, false}) {
        if (!(emailIsRight && totpIsRight)) {
          KeyRingFixture fresh = new KeyRingFixture().givenTwoFactor().givenOpen(OPERATION);
          fresh
              .when(
                  codes(
                      emailIsRight ? fresh.emailCode(CHALLENGE, 1) : WRONG,
                      totpIsRight ? fresh.totp(0) : WRONG))
              .appends(rejected)
              .refusesAndRemembers(new WrongCode(4));
        }
      }
    }
  }

  @Test
  void isWornOutByFiveWrongAttempts() {
    ring.givenTwoFactor().givenOpen(OPERATION);
    for (int left = 4; left >= 1; left--) {
      ring.when(ring.wrongCodes(CHALLENGE))
          .appends(new CodeRejected(ACCOUNT, ring.now(), CHALLENGE, left, 5 - left))
          .refusesAndRemembers(new WrongCode(left));
    }

    ring.when(ring.wrongCodes(CHALLENGE))
        .appends(
            new CodeRejected(ACCOUNT, ring.now(), CHALLENGE, 0, 5),
            new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "worn-out"))
        .refusesAndRemembers(new WrongCode(0));

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
  }

  @Test
  void theFifthAttemptMayStillBeRight() {
    ring.givenTwoFactor().givenOpen(OPERATION);
    for (int attempt = 1; attempt <= 4; attempt++) {
      ring.when(ring.wrongCodes(CHALLENGE));
    }

    ring.when(ring.rightCodes(CHALLENGE)).answers(DONE);
  }

  @Test
  void aMissingTotpIsNoAttempt() {
    ring.givenTwoFactor().givenOpen(OPERATION);
    ring.when(codes(ring.emailCode(CHALLENGE, 1), null)).refuses(Rule.TOTP_REQUIRED);
    ring.when(codes(WRONG, null)).refuses(Rule.TOTP_REQUIRED);

    ring.when(ring.wrongCodes(CHALLENGE)).refusesAndRemembers(new WrongCode(4));
  }

  @Test
  void anEmailedCodeFitsOneChallengeOnly() {
    ring.givenTwoFactor().givenOpen(OPERATION).givenOpen(OPERATION);

    ring.when(new VerifyCode(ACCOUNT, SECOND, ring.emailCode(CHALLENGE, 1), ring.totp(0)))
        .refusesAndRemembers(new WrongCode(4));
    ring.when(ring.rightCodes(SECOND)).answers(DONE);
  }

  @Test
  void doesExactlyWhatTheChallengeWasOpenedFor() {
    ring.givenTwoFactor()
        .givenKey("Label One 1")
        .givenKey("Label Two 2")
        .givenOpen(new Operation.DeleteKey("key-2", "Label Two 2"))
        .when(ring.rightCodes(CHALLENGE))
        .answers(new KeysDeleted(List.of("key-2")));
  }

  @Test
  void repeatingAUsedChallengeNeverDoesItTwice() {
    ring.givenTwoFactor().givenOpen(OPERATION);
    VerifyCode right = ring.rightCodes(CHALLENGE);
    ring.when(right).answers(DONE);

    ring.when(right).refuses(Rule.CHALLENGE_CLOSED);
    ring.after(Duration.ofMinutes(1)).when(right).refuses(Rule.CHALLENGE_CLOSED);
    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
  }

  @Test
  void onlyOneChallengeIsOpen() {
    ring.givenTwoFactor().givenOpen(OPERATION).after(TestRules.COOLDOWN);
    ring.when(new DeleteAll(ACCOUNT))
        .appends(
            new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "superseded"),
            ring.opened(SECOND, OPERATION));

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
    ring.when(ring.rightCodes(SECOND)).answers(DONE);
  }

  @Test
  void knowsNoChallengeOfAnotherAccountAndNoNonsense() {
    ring.givenTwoFactor().givenOpen(OPERATION);

    ring.when(ring.rightCodes("bob-challenge-1")).refuses(Rule.UNKNOWN_CHALLENGE);
    ring.when(ring.rightCodes("nonsense")).refuses(Rule.UNKNOWN_CHALLENGE);
    new KeyRingFixture().when(ring.rightCodes("nonsense")).refuses(Rule.UNKNOWN_CHALLENGE);
  }

  @Test
  void expiresAtTheInstantItSays() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .after(TestRules.LIFETIME)
        .when(ring.rightCodes(CHALLENGE))
        .refuses(Rule.CHALLENGE_EXPIRED);
  }

  @Test
  void worksUntilTheMomentBeforeIt() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .after(TestRules.LIFETIME.minusMillis(1))
        .when(ring.rightCodes(CHALLENGE))
        .answers(DONE);
  }

  @Test
  void wrongCodesForAnExpiredChallengeAreNoAttempts() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .after(TestRules.LIFETIME)
        .when(ring.wrongCodes(CHALLENGE))
        .refuses(Rule.CHALLENGE_EXPIRED);
  }

  @Test
  void refusesAStepThatWasAcceptedBefore() {
    ring.givenTwoFactor().givenOpen(OPERATION).when(ring.rightCodes(CHALLENGE)).answers(DONE);
    ring.when(new DeleteAll(ACCOUNT));

    ring.when(ring.rightCodes(SECOND)).refusesAndRemembers(new WrongCode(4));
    ring.when(new VerifyCode(ACCOUNT, SECOND, ring.emailCode(SECOND, 1), ring.totp(1)))
        .answers(DONE);
  }

  @Test
  void anEarlierStepThatWasNotUsedIsStillGood() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(codes(ring.emailCode(CHALLENGE, 1), ring.totp(1)))
        .answers(DONE);
    ring.when(new DeleteAll(ACCOUNT));

    ring.when(new VerifyCode(ACCOUNT, SECOND, ring.emailCode(SECOND, 1), ring.totp(-1)))
        .answers(DONE);
  }

  @Test
  void refusesTheStepOfTheConfirmation() {
    ring.givenEnrolment().when(new ConfirmTwoFactor(ACCOUNT, ring.totp(0)));
    ring.when(new DeleteAll(ACCOUNT));

    ring.when(ring.rightCodes(CHALLENGE)).refusesAndRemembers(new WrongCode(4));
    ring.after(Duration.ofSeconds(30)).when(ring.rightCodes(CHALLENGE)).answers(DONE);
  }

  @Test
  void aFailedVerificationDoesNotUseItsStepUp() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(codes(WRONG, ring.totp(0)))
        .refusesAndRemembers(new WrongCode(4));

    ring.when(ring.rightCodes(CHALLENGE)).answers(DONE);
  }

  @Test
  void needsNoTotpWhereTheAccountHasNone() {
    KeyRingFixture lenient = new KeyRingFixture(TestRules.IF_ENROLLED).givenOpen(OPERATION);

    lenient
        .when(codes(lenient.emailCode(CHALLENGE, 1), null))
        .appends(
            new CodeVerified(ACCOUNT, lenient.now(), CHALLENGE, EMAIL_ONLY, null),
            new AllKeysDeleted(ACCOUNT, lenient.now(), CHALLENGE, List.of()));
  }

  private static VerifyCode codes(SecretText emailCode, @Nullable SecretText totp) {
    return new VerifyCode(ACCOUNT, CHALLENGE, emailCode, totp);
  }
}
