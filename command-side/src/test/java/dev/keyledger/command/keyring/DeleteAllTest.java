package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.Outcome.KeysDeleted;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deleting every key. */
class DeleteAllTest {
  private static final Operation OPERATION = new Operation.DeleteAll();
  private static final DeleteAll DELETE = new DeleteAll(ACCOUNT);
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallengeAlsoWithNoKeysAtAll() {
    ring.givenTwoFactor().when(DELETE).appends(ring.opened(CHALLENGE, OPERATION));
  }

  @Test
  void deletesEveryKeyOldestFirst() {
    ring.givenTwoFactor()
        .givenKey("Label One 1")
        .givenKey("Label Two 2")
        .givenOpen(OPERATION)
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            new AllKeysDeleted(ACCOUNT, ring.now(), CHALLENGE, List.of("key-1", "key-2")))
        .answers(new KeysDeleted(List.of("key-1", "key-2")));
  }

  @Test
  void deletesNothingWhereThereIsNothing() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            new AllKeysDeleted(ACCOUNT, ring.now(), CHALLENGE, List.of()))
        .answers(new KeysDeleted(List.of()));
  }

  @Test
  void needsTheSecondFactor() {
    ring.when(DELETE).refuses(Rule.TWO_FACTOR_REQUIRED);
  }

  @Test
  void cantFloodAMailBox() {
    ring.givenTwoFactor()
        .givenOpen(OPERATION)
        .when(DELETE)
        .refuses(new CodeCooldown(TestRules.COOLDOWN));
  }
}
