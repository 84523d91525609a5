package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRingCommand.EnableKey;
import dev.keyledger.command.keyring.Outcome.KeyResumed;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Letting a disabled key work again. */
class EnableKeyTest {
  private static final Operation OPERATION = new Operation.EnableKey("key-1", "TradingBot1");
  private static final EnableKey ENABLE = new EnableKey(ACCOUNT, "key-1");
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallenge() {
    givenDisabledKey().when(ENABLE).appends(ring.opened(CHALLENGE, OPERATION));
  }

  @Test
  void worksAgainOnceTheCodesAreRight() {
    Then then = givenDisabledKey().givenOpen(OPERATION).when(ring.rightCodes(CHALLENGE));

    then.appends(
        new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
        new KeyEnabled(ACCOUNT, ring.now(), CHALLENGE, "key-1", "TradingBot1"));
    ApiKey key = ((KeyResumed) then.decision().outcome()).key();
    assertThat(key.state(ring.now())).isEqualTo(KeyState.ACTIVE);
    ring.when(ENABLE).refuses(Rule.KEY_NOT_DISABLED);
  }

  @Test
  void doesNotWakeAKeyThatExpiredWhileItsCodesWereOnTheWay() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1", ring.now().plusSeconds(30), "read")
        .givenDisabled("key-1", "TradingBot1")
        .givenOpen(OPERATION)
        .after(Duration.ofSeconds(30))
        .when(ring.rightCodes(CHALLENGE))
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"))
        .refusesAndRemembers(Rule.KEY_EXPIRED);
  }

  @Test
  void refusesInTheOrderOfTheRules() {
    ring.when(ENABLE).refuses(Rule.TWO_FACTOR_REQUIRED);
    ring.givenTwoFactor().when(ENABLE).refuses(Rule.UNKNOWN_KEY);
    ring.givenKey("TradingBot1", ring.now().plusSeconds(60), "read")
        .when(ENABLE)
        .refuses(Rule.KEY_NOT_DISABLED);
    ring.givenDisabled("key-1", "TradingBot1").givenOpen(OPERATION);
    ring.when(ENABLE).refuses(new CodeCooldown(TestRules.COOLDOWN));
    ring.after(Duration.ofMinutes(1)).when(ENABLE).refuses(Rule.KEY_EXPIRED);
    ring.givenRotated("key-1", "TradingBot1", Duration.ofDays(1))
        .when(ENABLE)
        .refuses(Rule.KEY_RETIRING);
  }

  private KeyRingFixture givenDisabledKey() {
    return ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .givenDisabled("key-1", "TradingBot1")
        .after(Duration.ofMinutes(1));
  }
}
