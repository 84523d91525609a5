package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static dev.keyledger.command.keyring.KeyRingFixture.ENROLMENT;

import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.ResetTwoFactor;
import dev.keyledger.command.keyring.Outcome.TwoFactorGone;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import dev.keyledger.events.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The support switches a second factor off that was lost. */
class ResetTwoFactorTest {
  private static final String SUPPORTER = "support-12";
  private static final String REASON = "Lost phone, seen by video call 4711";
  private static final ResetTwoFactor RESET = new ResetTwoFactor(ACCOUNT, SUPPORTER, REASON);
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void disablesAllKeysAndTheFactorAndNamesTheSupporter() {
    ring.givenTwoFactor()
        .givenKey("Bot One 1")
        .givenKey("Bot Two 2")
        .givenKey("Bot Three 3")
        .givenDisabled("key-2", "Bot Two 2")
        .when(new ResetTwoFactor(ACCOUNT, SUPPORTER, "  " + REASON + "\n"))
        .appends(
            new KeyDisabled(ACCOUNT, ring.now(), "key-1", "Bot One 1", "support-reset", SUPPORTER),
            new KeyDisabled(
                ACCOUNT, ring.now(), "key-3", "Bot Three 3", "support-reset", SUPPORTER),
            new TwoFactorReset(ACCOUNT, ring.now(), ENROLMENT, SUPPORTER, REASON))
        .answers(new TwoFactorGone(List.of("key-1", "key-3")));

    ring.when(new DeleteAll(ACCOUNT)).refuses(Rule.TWO_FACTOR_REQUIRED);
    ring.when(RESET).refuses(Rule.NO_ENROLMENT);
  }

  @Test
  void endsWhatWaitedForItsCodes() {
    ring.givenTwoFactor()
        .givenOpen(new Operation.DeleteAll())
        .when(RESET)
        .appends(
            new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"),
            new TwoFactorReset(ACCOUNT, ring.now(), ENROLMENT, SUPPORTER, REASON))
        .answers(new TwoFactorGone(List.of()));
  }

  @Test
  void hasNothingToResetWhereThereIsNoFactor() {
    ring.when(RESET).refuses(Rule.NO_ENROLMENT);
    ring.givenEnrolment().when(RESET).refuses(Rule.NO_ENROLMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "ab", " ab ", "😀😀"})
  void wantsAReason(String reason) {
    ring.givenTwoFactor()
        .when(new ResetTwoFactor(ACCOUNT, SUPPORTER, reason))
        .refuses(Rule.INVALID_REASON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lost phone, wrote from alice@example.com",
        "a@b lost it",
        "mail <é@müller.example>",
        "Lost\nphone",
        "Lost\u0000phone",
        "Lost\u0085phone",
      })
  void wantsAReasonThatMayBeKeptForEver(String reason) {
    ring.givenTwoFactor()
        .when(new ResetTwoFactor(ACCOUNT, SUPPORTER, reason))
        .refuses(Rule.INVALID_REASON);
  }

  @Test
  void anAtSignAloneIsNoAddress() {
    ring.givenTwoFactor()
        .when(new ResetTwoFactor(ACCOUNT, SUPPORTER, "Lost phone, seen @ the desk"))
        .answers(new TwoFactorGone(List.of()));
  }

  @Test
  void wantsAShortReason() {
    ring.givenTwoFactor();
    ring.when(new ResetTwoFactor(ACCOUNT, SUPPORTER, "é".repeat(501))).refuses(Rule.INVALID_REASON);
    ring.when(new ResetTwoFactor(ACCOUNT, SUPPORTER, "😀".repeat(500)))
        .answers(new TwoFactorGone(List.of()));
  }
}
