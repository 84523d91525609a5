package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.FakeCodes.ROOT_KEY;
import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.CancelChallenge;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.SendCode;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome.KeysDeleted;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.command.keyring.Refusal.WrongCode;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sending another code, and how soon one may follow another. */
class SendCodeTest {
  private static final Operation OPERATION = new Operation.DeleteAll();
  private static final SendCode SEND = new SendCode(ACCOUNT, CHALLENGE);
  private final KeyRingFixture ring = new KeyRingFixture().givenTwoFactor();

  @Test
  void issuesAnotherCodeThatLivesAsLongAsTheFirst() {
    ring.givenOpen(OPERATION)
        .after(TestRules.COOLDOWN)
        .when(SEND)
        .appends(
            new CodeReissued(
                ACCOUNT,
                ring.now(),
                CHALLENGE,
                OPERATION,
                BOTH,
                2,
                ROOT_KEY,
                ring.now().plus(TestRules.LIFETIME),
                ring.now().plus(TestRules.COOLDOWN)))
        .answers(
            new Outcome.ChallengeWaits(
                new Challenge(
                    CHALLENGE,
                    OPERATION,
                    BOTH,
                    2,
                    ROOT_KEY,
                    ring.now().plus(TestRules.LIFETIME),
                    ring.now().plus(TestRules.COOLDOWN),
                    5)));
  }

  @Test
  void makesTheEarlierCodeVoid() {
    ring.givenOpen(OPERATION).after(TestRules.COOLDOWN).when(SEND);

    ring.when(ring.rightCodes(CHALLENGE)).refusesAndRemembers(new WrongCode(4));
    ring.when(new VerifyCode(ACCOUNT, CHALLENGE, ring.emailCode(CHALLENGE, 2), ring.totp(0)))
        .answers(new KeysDeleted(List.of()));
  }

  @Test
  void givesNoAttemptsBack() {
    ring.givenOpen(OPERATION).when(ring.wrongCodes(CHALLENGE));
    ring.after(TestRules.COOLDOWN).when(SEND);

    ring.when(ring.wrongCodes(CHALLENGE))
        .appends(new CodeRejected(ACCOUNT, ring.now(), CHALLENGE, 3, 2));
  }

  @Test
  void isRefusedWithin60SecondsOfTheLastOne() {
    ring.givenOpen(OPERATION).when(SEND).refuses(new CodeCooldown(TestRules.COOLDOWN));
    ring.after(Duration.ofMillis(59_999))
        .when(SEND)
        .refuses(new CodeCooldown(Duration.ofMillis(1)));
    ring.after(Duration.ofMillis(1)).when(SEND);
    ring.when(SEND).refuses(new CodeCooldown(TestRules.COOLDOWN));
  }

  @Test
  void openingAnotherChallengeHasToWaitAsWell() {
    ring.givenOpen(OPERATION).after(TestRules.COOLDOWN).when(SEND);

    ring.when(new DeleteAll(ACCOUNT)).refuses(new CodeCooldown(TestRules.COOLDOWN));
  }

  @Test
  void cancellingDoesNotShortenTheWait() {
    ring.givenOpen(OPERATION).when(new CancelChallenge(ACCOUNT, CHALLENGE));

    ring.when(new DeleteAll(ACCOUNT)).refuses(new CodeCooldown(TestRules.COOLDOWN));
    ring.after(TestRules.COOLDOWN)
        .when(new DeleteAll(ACCOUNT))
        .appends(ring.opened("alice-challenge-2", OPERATION));
  }

  @Test
  void wearingAChallengeOutDoesNotShortenTheWait() {
    ring.givenOpen(OPERATION);
    for (int attempt = 1; attempt <= 5; attempt++) {
      ring.when(ring.wrongCodes(CHALLENGE));
    }

    ring.when(new DeleteAll(ACCOUNT)).refuses(new CodeCooldown(TestRules.COOLDOWN));
  }

  @Test
  void afterAVerifiedChallengeTheNextOneMayFollowAtOnce() {
    ring.givenOpen(OPERATION).when(ring.rightCodes(CHALLENGE));

    ring.when(new DeleteAll(ACCOUNT)).appends(ring.opened("alice-challenge-2", OPERATION));
  }

  @Test
  void isRefusedForAnotherChallengeThanTheOpenOne() {
    ring.givenOpen(OPERATION).after(TestRules.COOLDOWN);

    ring.when(new SendCode(ACCOUNT, "alice-challenge-0")).refuses(Rule.CHALLENGE_CLOSED);
    ring.when(new SendCode(ACCOUNT, "bob-challenge-1")).refuses(Rule.UNKNOWN_CHALLENGE);
    ring.when(new SendCode(ACCOUNT, "")).refuses(Rule.UNKNOWN_CHALLENGE);
  }

  @Test
  void isRefusedFromTheInstantOnAtWhichTheChallengeExpires() {
    ring.givenOpen(OPERATION).after(TestRules.LIFETIME).when(SEND).refuses(Rule.CHALLENGE_EXPIRED);
  }
}
