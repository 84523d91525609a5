package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.command.keyring.KeyRingCommand.RotateKey;
import dev.keyledger.command.keyring.Outcome.KeyReplaced;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Putting a new key in the place of one. */
class RotateKeyTest {
  private static final Rights RIGHTS =
      new Rights(List.of("read", "trade"), List.of("10.0.0.1"), new RateLimit(5, 9));
  private final KeyRingFixture ring = new KeyRingFixture();
  private final Instant expiry = ring.now().plus(Duration.ofDays(90));

  @ParameterizedTest
  @CsvSource({",PT1H", "PT0S,PT0S", "P7D,PT168H", "PT90M,PT1H30M", "P1DT1S,PT24H1S"})
  void opensAChallengeForAGraceUpToAWeek(@Nullable String asked, Duration grace) {
    givenKey().when(rotate(asked, null)).appends(ring.opened(CHALLENGE, operation(grace, null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1h", "PT-1S", "-PT1H", "P7DT1S", "P1W", "P1M", "PT0.5S", "PT999999999999H"})
  void refusesAGraceThatIsNone(String grace) {
    givenKey().when(rotate(grace, null)).refuses(Rule.INVALID_GRACE);
  }

  @Test
  void makesAKeyLikeTheOldOneAndLetsThatWorkForAWhile() {
    Then then = givenKey().givenOpen(operation(Duration.ofHours(1), null)).when(codes());

    then.appends(verified(), rotated("verifies made-1", ring.now().plus(Duration.ofHours(1))));
    then.answers(
        new KeyReplaced(
            ApiKey.made(
                "made-1", "TradingBot1", "ed25519", "verifies made-1", RIGHTS, ring.now(), expiry),
            SecretText.of("private made-1"),
            "old-key",
            ring.now().plus(Duration.ofHours(1))));
  }

  @Test
  void withoutAGraceTheOldKeyIsGoneInTheSameStep() {
    givenKey()
        .givenOpen(operation(Duration.ZERO, FakeKeyMaker.OWN_KEY))
        .when(codes())
        .appends(
            verified(),
            rotated(FakeKeyMaker.OWN_KEY, ring.now()),
            new KeyDeleted(ACCOUNT, ring.now(), CHALLENGE, "old-key", "TradingBot1"));

    ring.when(new DeleteKey(ACCOUNT, "old-key")).refuses(Rule.UNKNOWN_KEY);
  }

  @Test
  void aDisabledKeyMayBeReplacedAndTheNewOneWorks() {
    Then then =
        givenKey()
            .givenDisabled("old-key", "TradingBot1")
            .givenOpen(operation(Duration.ofHours(1), null))
            .when(codes());

    ApiKey key = ((KeyReplaced) then.decision().outcome()).key();
    assertThat(key.state(ring.now())).isEqualTo(KeyState.ACTIVE);
  }

  @Test
  void aKeyThatWasReplacedIsOnlyDisabledOrDeleted() {
    givenKey().givenRotated("old-key", "TradingBot1", Duration.ofDays(1));

    ring.when(rotate("PT1H", null)).refuses(Rule.KEY_RETIRING);
    ring.when(new EditPermissions(ACCOUNT, "old-key", null, null, Change.none(), Change.none()))
        .refuses(Rule.KEY_RETIRING);
    ring.when(new DeleteKey(ACCOUNT, "old-key"))
        .appends(ring.opened(CHALLENGE, new Operation.DeleteKey("old-key", "TradingBot1")));
  }

  @Test
  void aKeyThatWasReplacedDoesNotCountButKeepsItsLabel() {
    KeyRingFixture one = new KeyRingFixture(TestRules.atMostKeys(1));
    one.givenTwoFactor().givenKey("TradingBot1");
    one.when(create("Other Bot 2")).refuses(Rule.KEY_LIMIT_REACHED);
    one.givenRotated("key-1", "TradingBot1", Duration.ofDays(1))
        .given(new KeyDeleted(ACCOUNT, one.now(), "alice-challenge-0", "new-key", "TradingBot1"));

    one.when(create("TradingBot1")).refuses(Rule.LABEL_TAKEN);
    one.when(create("Other Bot 2"))
        .appends(
            one.opened(
                CHALLENGE,
                new Operation.CreateKey(
                    "Other Bot 2", List.of("read"), List.of(), "ed25519", null, null, null)));
  }

  @Test
  void asManyKeysAsThereMayBeAreReplacedAtATime() {
    KeyRingFixture one = new KeyRingFixture(TestRules.atMostKeys(1));
    one.givenTwoFactor()
        .givenKey("TradingBot1")
        .givenRotated("key-1", "TradingBot1", Duration.ofDays(1));

    one.when(new RotateKey(ACCOUNT, "new-key", null, null)).refuses(Rule.KEY_LIMIT_REACHED);
  }

  @Test
  void takesAnotherVerificationKeyForEd25519Only() {
    givenKey();
    ring.when(rotate(null, "nonsense")).refuses(Rule.INVALID_VERIFICATION_KEY);
    ring.when(rotate(null, "verifies it")).refuses(Rule.INVALID_VERIFICATION_KEY);

    KeyRingFixture hmac = new KeyRingFixture().givenTwoFactor();
    hmac.given(created(hmac, "hmac-sha256", null))
        .when(rotate(null, FakeKeyMaker.OWN_KEY))
        .refuses(Rule.INVALID_VERIFICATION_KEY);
  }

  @Test
  void mayNotGiveTheSameKeyAgain() {
    ring.givenTwoFactor().given(created(ring, "ed25519", FakeKeyMaker.OWN_KEY));

    ring.when(rotate(null, FakeKeyMaker.OWN_KEY)).refuses(Rule.INVALID_VERIFICATION_KEY);
  }

  @Test
  void closesAChallengeForAKeyThatExpiredWhileItsCodesWereOnTheWay() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1", ring.now().plusSeconds(30), "read")
        .givenOpen(new Operation.RotateKey("key-1", "TradingBot1", Duration.ofHours(1), null))
        .after(Duration.ofSeconds(30))
        .when(codes())
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"))
        .refusesAndRemembers(Rule.KEY_EXPIRED);
    ring.when(new RotateKey(ACCOUNT, "key-1", null, null)).refuses(Rule.KEY_EXPIRED);
  }

  @Test
  void needsTheSecondFactorAndAKeyAndAPause() {
    ring.when(rotate(null, null)).refuses(Rule.TWO_FACTOR_REQUIRED);
    ring.givenTwoFactor().when(rotate(null, null)).refuses(Rule.UNKNOWN_KEY);
    ring.given(created(ring, "ed25519", "verifies it")).givenOpen(new Operation.DeleteAll());
    ring.when(rotate(null, null)).refuses(new CodeCooldown(TestRules.COOLDOWN));
  }

  private KeyRingFixture givenKey() {
    return ring.givenTwoFactor().given(created(ring, "ed25519", "verifies it"));
  }

  private KeyCreated created(
      KeyRingFixture on, String algorithm, @Nullable String verificationKey) {
    return new KeyCreated(
        ACCOUNT,
        on.now(),
        "alice-challenge-0",
        "old-key",
        "TradingBot1",
        algorithm,
        verificationKey,
        null,
        RIGHTS.permissions(),
        RIGHTS.trustedIps(),
        RIGHTS.rateLimit(),
        expiry);
  }

  private static RotateKey rotate(@Nullable String grace, @Nullable String verificationKey) {
    return new RotateKey(ACCOUNT, "old-key", grace, verificationKey);
  }

  private static Operation operation(Duration grace, @Nullable String verificationKey) {
    return new Operation.RotateKey("old-key", "TradingBot1", grace, verificationKey);
  }

  private static CreateKey create(String label) {
    return new CreateKey(ACCOUNT, label, null, null, null, null, null, null);
  }

  private KeyRingCommand.VerifyCode codes() {
    return ring.rightCodes(CHALLENGE);
  }

  private CodeVerified verified() {
    return new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step());
  }

  private KeyRotated rotated(String verificationKey, Instant graceEndsAt) {
    return new KeyRotated(
        ACCOUNT,
        ring.now(),
        CHALLENGE,
        "old-key",
        "made-1",
        "TradingBot1",
        "ed25519",
        verificationKey,
        null,
        RIGHTS,
        expiry,
        graceEndsAt);
  }
}
