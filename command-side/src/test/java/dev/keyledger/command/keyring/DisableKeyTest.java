package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableLeakedKey;
import dev.keyledger.command.keyring.Outcome.KeyResumed;
import dev.keyledger.command.keyring.Outcome.KeyStopped;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.Operation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    assertThat(key(ring.when(DISABLE).appends()).isDisabled()).isTrue();
  }

  @Test
  void aLeakIsSaidToBeOne() {
    ring.givenKey("TradingBot1").when(LEAKED).appends(disabled("leak-reported"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"by-owner", "support-reset"})
  void aLeakIsSaidOnceOfAKeyThatIsDisabledAlready(String before) {
    String supporter = before.equals("support-reset") ? "support-12" : null;
    ring.givenKey("TradingBot1")
        .given(new KeyDisabled(ACCOUNT, ring.now(), "key-1", "TradingBot1", before, supporter))
        .after(Duration.ofDays(1));

    ring.when(LEAKED).appends(disabled("leak-reported"));
    assertThat(key(ring.when(LEAKED).appends()).isDisabled()).isTrue();
    assertThat(key(ring.when(DISABLE).appends()).disabledBecause()).isEqualTo("leak-reported");
  }

  @Test
  void aLeakIsSaidAnewOnceTheKeyWasEnabled() {
    ring.givenKey("TradingBot1")
        .given(
            disabled("leak-reported"),
            new KeyEnabled(ACCOUNT, ring.now(), "alice-challenge-0", "key-1", "TradingBot1"))
        .when(LEAKED)
        .appends(disabled("leak-reported"));
  }

  @ParameterizedTest
  @MethodSource("lettingKey1GoOn")
  void aLeakEndsWhatWouldLetTheKeyGoOn(Operation operation) {
    ring.givenKey("TradingBot1")
        .givenDisabled("key-1", "TradingBot1")
        .givenOpen(operation)
        .when(LEAKED)
        .appends(
            new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"),
            disabled("leak-reported"));

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
  }

  static Stream<Operation> lettingKey1GoOn() {
    return Stream.of(
        new Operation.EnableKey("key-1", "TradingBot1"),
        new Operation.RotateKey("key-1", "TradingBot1", Duration.ofHours(1), null));
  }

  @Test
  void aLeakLeavesOtherChallengesOpen() {
    for (Operation operation :
        List.of(
            new Operation.DeleteKey("key-1", "TradingBot1"),
            new Operation.EnableKey("key-2", "TradingBot2"),
            new Operation.RotateKey("key-2", "TradingBot2", Duration.ZERO, null))) {
      new KeyRingFixture()
          .givenKey("TradingBot1")
          .givenOpen(operation)
          .when(LEAKED)
          .appends(disabled("leak-reported"));
    }
  }

  @Test
  void whoKnowsOfTheLeakMayStillEnableTheKey() {
    ring.givenKey("TradingBot1")
        .given(disabled("leak-reported"))
        .givenOpen(new Operation.EnableKey("key-1", "TradingBot1"));

    ring.when(LEAKED).appends();
    assertThat(ring.when(ring.rightCodes(CHALLENGE)).decision().outcome())
        .isInstanceOf(KeyResumed.class);
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
