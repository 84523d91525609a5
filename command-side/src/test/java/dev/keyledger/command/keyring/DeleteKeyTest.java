package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.Outcome.KeysDeleted;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deleting one key. */
class DeleteKeyTest {
  private static final Operation OPERATION = new Operation.DeleteKey("key-1", "TradingBot1");
  private static final DeleteKey DELETE = new DeleteKey(ACCOUNT, "key-1");
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallenge() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .when(DELETE)
        .appends(ring.opened(CHALLENGE, OPERATION));
  }

  @Test
  void deletesThisKeyOnceTheCodesAreRight() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .givenKey("Other Bot 2")
        .givenOpen(OPERATION)
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            new KeyDeleted(ACCOUNT, ring.now(), CHALLENGE, "key-1", "TradingBot1"))
        .answers(new KeysDeleted(List.of("key-1")));

    ring.when(DELETE).refuses(Rule.UNKNOWN_KEY);
    ring.when(new DeleteKey(ACCOUNT, "key-2"))
        .appends(ring.opened("alice-challenge-2", new Operation.DeleteKey("key-2", "Other Bot 2")));
  }

  @Test
  void refusesInTheOrderOfTheContract() {
    ring.givenKey("TradingBot1");
    ring.when(new DeleteKey(ACCOUNT, "key-9")).refuses(Rule.TWO_FACTOR_REQUIRED);
    ring.givenTwoFactor().givenOpen(OPERATION);
    ring.when(new DeleteKey(ACCOUNT, "key-9")).refuses(Rule.UNKNOWN_KEY);
    ring.when(DELETE).refuses(new CodeCooldown(TestRules.COOLDOWN));
  }
}
