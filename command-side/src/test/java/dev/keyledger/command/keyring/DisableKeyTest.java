package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableLeakedKey;
import dev.keyledger.command.keyring.Outcome.KeyStopped;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stopping a key: by its owner, and by somebody else who holds its secret. */
class DisableKeyTest {
  private static final DisableKey DISABLE = new DisableKey(ACCOUNT, "key-1");
  private static final DisableLeakedKey LEAKED = new DisableLeakedKey(ACCOUNT, "key-1");
  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void happensAtOnceWithoutACodeASecondFactorOrAPause() {
    Then then = ring.givenKey("TradingBot1").givenOpen(new Operation.DeleteAll()).when(DISABLE);

    then.appends(disabled("by-owner"));
    assertThat(key(then).state(ring.now())).isEqualTo(KeyState.DISABLED);
    assertThat(key(then).updatedAt()).isEqualTo(ring.now());
  }

  @Test
  void aSecondTimeIsFineAndChangesNothing() {
    ring.givenKey("TradingBot1").givenDisabled("key-1", "TradingBot1").after(Duration.ofDays(1));

    assertThat(key(ring.when(DISABLE).appends()).disabled()).isTrue();
    assertThat(key(ring.when(LEAKED).appends()).disabled()).isTrue();
  }

  @Test
  void aLeakIsSaidToBeOne() {
    ring.givenKey("TradingBot1").when(LEAKED).appends(disabled("leak-reported"));
  }

  @Test
  void alsoAKeyThatWasReplacedAndOneThatExpired() {
    ring.givenKey("TradingBot1", ring.now().plusSeconds(1), "read")
        .givenRotated("key-1", "TradingBot1", Duration.ofDays(1));
    Then replaced = ring.when(DISABLE);
    replaced.appends(disabled("by-owner"));
    assertThat(key(replaced).state(ring.now())).isEqualTo(KeyState.DISABLED);

    assertThat(key(replaced).state(ring.now().plusSeconds(1))).isEqualTo(KeyState.EXPIRED);
  }

  @Test
  void knowsOnlyKeysOfTheAccount() {
    ring.when(DISABLE).refuses(Rule.UNKNOWN_KEY);
    ring.when(LEAKED).refuses(Rule.UNKNOWN_KEY);
  }

  private KeyDisabled disabled(String reason) {
    return new KeyDisabled(ACCOUNT, ring.now(), "key-1", "TradingBot1", reason, null);
  }

  private static ApiKey key(Then then) {
    return ((KeyStopped) then.decision().outcome()).key();
  }
}
