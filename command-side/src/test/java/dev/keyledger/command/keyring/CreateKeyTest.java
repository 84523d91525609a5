package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static dev.keyledger.command.keyring.KeyRingFixture.EMAIL_ONLY;

import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.Outcome.ChallengeWaits;
import dev.keyledger.command.keyring.Outcome.KeyMade;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
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

/** Asking for a key, and making it once the codes are right. */
class CreateKeyTest {
  private static final CreateKey PLAIN =
      new CreateKey(ACCOUNT, "TradingBot1", null, null, null, null, null, null);
  private static final Operation PLAIN_OPERATION =
      new Operation.CreateKey(
          "TradingBot1", List.of("read"), List.of(), "ed25519", null, null, null);

  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallengeAndChangesNothingYet() {
    ring.givenTwoFactor()
        .when(PLAIN)
        .appends(ring.opened(CHALLENGE, PLAIN_OPERATION))
        .answers(
            new ChallengeWaits(
                new Challenge(
                    CHALLENGE,
                    PLAIN_OPERATION,
                    BOTH,
                    1,
                    FakeCodes.ROOT_KEY,
                    ring.now().plus(TestRules.LIFETIME),
                    ring.now().plus(TestRules.COOLDOWN),
                    5)));
  }

  @Test
  void keepsWhatWasAskedForInCanonicalForm() {
    ring.givenTwoFactor()
        .when(
            new CreateKey(
                ACCOUNT,
                "TradingBot1",
                List.of("withdraw", "trade", "trade"),
                List.of("2001:DB8:0::/48", "203.0.113.7/32", "203.0.113.7"),
                "ed25519",
                FakeKeyMaker.OWN_KEY,
                new WantedRateLimit(10, null),
                "2026-02-01T01:00:00+01:00"))
        .appends(
            ring.opened(
                CHALLENGE,
                new Operation.CreateKey(
                    "TradingBot1",
                    List.of("read", "trade", "withdraw"),
                    List.of("2001:db8::/48", "203.0.113.7"),
                    "ed25519",
                    FakeKeyMaker.OWN_KEY,
                    new RateLimit(10, 10),
                    Instant.parse("2026-02-01T00:00:00Z"))));
  }

  @Test
  void refusesInTheOrderOfTheContract() {
    KeyRingFixture full = new KeyRingFixture(TestRules.atMostKeys(1)).givenKey("Taken Label 1");
    full.when(asking("bad", "admin", "x", "rsa", "x", "x")).refuses(Rule.TWO_FACTOR_REQUIRED);
    full.givenTwoFactor().givenOpen(new Operation.DeleteAll());
    full.when(asking("bad", "admin", "x", "rsa", "x", "x")).refuses(Rule.INVALID_LABEL);
    full.when(asking("Taken Label 1", "admin", "x", "rsa", "x", "x")).refuses(Rule.LABEL_TAKEN);
    full.when(asking("Free Label 1", "admin", "x", "rsa", "x", "x"))
        .refuses(Rule.INVALID_PERMISSIONS);
    full.when(asking("Free Label 1", "withdraw", "x", "rsa", "x", "x")).refuses(Rule.INVALID_IP);
    full.when(
            new CreateKey(
                ACCOUNT,
                "Free Label 1",
                List.of("withdraw"),
                null,
                "rsa",
                "x",
                new WantedRateLimit(0, null),
                "x"))
        .refuses(Rule.INVALID_RATE_LIMIT);
    full.when(asking("Free Label 1", "withdraw", null, "rsa", "x", "x"))
        .refuses(Rule.TRUSTED_IPS_REQUIRED);
    full.when(asking("Free Label 1", "withdraw", "10.0.0.1", "rsa", "x", "x"))
        .refuses(Rule.KEY_LIMIT_REACHED);

    KeyRingFixture roomy =
        new KeyRingFixture(TestRules.atMostKeys(1))
            .givenTwoFactor()
            .givenOpen(new Operation.DeleteAll());
    roomy
        .when(asking("Free Label 1", "withdraw", "10.0.0.1", "rsa", "x", "x"))
        .refuses(Rule.INVALID_ALGORITHM);
    roomy
        .when(asking("Free Label 1", "withdraw", "10.0.0.1", "ed25519", "x", "x"))
        .refuses(Rule.INVALID_VERIFICATION_KEY);
    roomy
        .when(asking("Free Label 1", "withdraw", "10.0.0.1", "ed25519", FakeKeyMaker.OWN_KEY, "x"))
        .refuses(Rule.INVALID_EXPIRY);
    roomy
        .when(asking("Free Label 1", "withdraw", "10.0.0.1", "ed25519", FakeKeyMaker.OWN_KEY, null))
        .refuses(new CodeCooldown(TestRules.COOLDOWN));
  }

  @Test
  void needsTheSecondFactorAndNotOnlyAnEnrolment() {
    ring.givenEnrolment().when(PLAIN).refuses(Rule.TWO_FACTOR_REQUIRED);
  }

  @Test
  void doesWithTheEmailedCodeAloneWhereThePolicySaysSo() {
    KeyRingFixture lenient = new KeyRingFixture(TestRules.IF_ENROLLED);

    lenient.when(PLAIN).appends(lenient.opened(CHALLENGE, PLAIN_OPERATION));
    lenient
        .when(
            new KeyRingCommand.VerifyCode(
                ACCOUNT, CHALLENGE, lenient.emailCode(CHALLENGE, 1), null))
        .appends(
            new CodeVerified(ACCOUNT, lenient.now(), CHALLENGE, EMAIL_ONLY, null),
            created(lenient.now(), "ed25519", "verifies made-1", null));
  }

  @Test
  void asksForBothWhereTheAccountHasBothUnderThatPolicyToo() {
    KeyRingFixture lenient = new KeyRingFixture(TestRules.IF_ENROLLED);

    lenient.givenTwoFactor().when(PLAIN).appends(lenient.opened(CHALLENGE, PLAIN_OPERATION));
    lenient
        .when(
            new KeyRingCommand.VerifyCode(
                ACCOUNT, CHALLENGE, lenient.emailCode(CHALLENGE, 1), null))
        .refuses(Rule.TOTP_REQUIRED);
  }

  @Test
  void letsALabelBeUsedAgainOnceItsKeyIsGone() {
    ring.givenTwoFactor().givenKey("TradingBot1").when(PLAIN).refuses(Rule.LABEL_TAKEN);
    ring.givenOpen(new Operation.DeleteKey("key-1", "TradingBot1"))
        .when(ring.rightCodes(CHALLENGE));

    ring.when(PLAIN).appends(ring.opened("alice-challenge-2", PLAIN_OPERATION));
  }

  @Test
  void tellsLabelsApartByCase() {
    ring.givenTwoFactor()
        .givenKey("tradingBot1")
        .when(PLAIN)
        .appends(ring.opened(CHALLENGE, PLAIN_OPERATION));
  }

  @Test
  void allowsAsManyKeysAsTheLimitAndNoMore() {
    KeyRingFixture two = new KeyRingFixture(TestRules.atMostKeys(2)).givenTwoFactor();

    two.givenKey("Label One 1").givenOpen(PLAIN_OPERATION).when(two.rightCodes(CHALLENGE));

    two.after(Duration.ofHours(1))
        .when(new CreateKey(ACCOUNT, "Label Two 2", null, null, null, null, null, null))
        .refuses(Rule.KEY_LIMIT_REACHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0"})
  void everyAddressIsNoTrustedAddressForWithdrawals(String everyAddress) {
    KeyRingFixture strict = new KeyRingFixture(TestRules.WITHDRAW_NEEDS_IPS).givenTwoFactor();

    strict
        .when(asking("TradingBot1", "withdraw", everyAddress, null, null, null))
        .refuses(Rule.TRUSTED_IPS_REQUIRED);
  }

  @Test
  void withdrawalsFromEveryAddressAreAllowedByDefault() {
    ring.givenTwoFactor()
        .when(asking("TradingBot1", "withdraw", null, null, null, null))
        .appends(
            ring.opened(
                CHALLENGE,
                new Operation.CreateKey(
                    "TradingBot1",
                    List.of("read", "withdraw"),
                    List.of(),
                    "ed25519",
                    null,
                    null,
                    null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ED25519", "hmac", "hmac-sha512", "rsa"})
  void refusesAnAlgorithmThatNobodyKnows(String algorithm) {
    ring.givenTwoFactor()
        .when(asking("TradingBot1", "read", null, algorithm, null, null))
        .refuses(Rule.INVALID_ALGORITHM);
  }

  @Test
  void takesAVerificationKeyForEd25519Only() {
    ring.givenTwoFactor()
        .when(asking("TradingBot1", "read", null, "hmac-sha256", FakeKeyMaker.OWN_KEY, null))
        .refuses(Rule.INVALID_VERIFICATION_KEY);
  }

  @Test
  void showsThePrivateKeyThatItMade() {
    ring.givenTwoFactor()
        .givenOpen(PLAIN_OPERATION)
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            created(ring.now(), "ed25519", "verifies made-1", null))
        .answers(
            new KeyMade(
                key(ring.now(), "ed25519", "verifies made-1"), SecretText.of("private made-1")));
  }

  @Test
  void showsTheSecretThatItDerivedAndNamesItsRootKey() {
    ring.givenTwoFactor()
        .givenOpen(
            new Operation.CreateKey(
                "TradingBot1", List.of("read"), List.of(), "hmac-sha256", null, null, null))
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            created(ring.now(), "hmac-sha256", null, FakeCodes.ROOT_KEY))
        .answers(
            new KeyMade(key(ring.now(), "hmac-sha256", null), SecretText.of("secret of made-1")));
  }

  @Test
  void showsNoSecretWhereTheCallerBroughtTheKey() {
    ring.givenTwoFactor()
        .givenOpen(
            new Operation.CreateKey(
                "TradingBot1",
                List.of("read"),
                List.of(),
                "ed25519",
                FakeKeyMaker.OWN_KEY,
                null,
                null))
        .when(ring.rightCodes(CHALLENGE))
        .answers(new KeyMade(key(ring.now(), "ed25519", FakeKeyMaker.OWN_KEY), null));
  }

  @Test
  void closesAChallengeForAKeyThatExpiredWhileItsCodesWereOnTheWay() {
    Instant soon = ring.now().plusSeconds(30);
    ring.givenTwoFactor()
        .givenOpen(
            new Operation.CreateKey(
                "TradingBot1", List.of("read"), List.of(), "ed25519", null, null, soon))
        .after(Duration.ofSeconds(30))
        .when(ring.rightCodes(CHALLENGE))
        .appends(new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "outdated"))
        .refusesAndRemembers(Rule.INVALID_EXPIRY);

    ring.when(ring.rightCodes(CHALLENGE)).refuses(Rule.CHALLENGE_CLOSED);
  }

  @Test
  void closesTheChallengeThatWasOpen() {
    ring.givenTwoFactor()
        .givenOpen(new Operation.DeleteAll())
        .after(TestRules.COOLDOWN)
        .when(PLAIN)
        .appends(
            new ChallengeClosed(ACCOUNT, ring.now(), CHALLENGE, "superseded"),
            ring.opened("alice-challenge-2", PLAIN_OPERATION));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "10001,1", "1,0", "1,-5", "1,100001", "10001,"})
  void refusesALimitOutsideOfItsBounds(long perSecond, @Nullable Long burst) {
    ring.givenTwoFactor()
        .when(limited(new WantedRateLimit(perSecond, burst)))
        .refuses(Rule.INVALID_RATE_LIMIT);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "10000,100000", "10000,1"})
  void takesALimitWithinItsBounds(int perSecond, int burst) {
    ring.givenTwoFactor()
        .when(limited(new WantedRateLimit(perSecond, (long) burst)))
        .appends(
            ring.opened(
                CHALLENGE,
                new Operation.CreateKey(
                    "TradingBot1",
                    List.of("read"),
                    List.of(),
                    "ed25519",
                    null,
                    new RateLimit(perSecond, burst),
                    null)));
  }

  private static CreateKey limited(WantedRateLimit limit) {
    return new CreateKey(ACCOUNT, "TradingBot1", null, null, null, null, limit, null);
  }

  private static CreateKey asking(
      String label,
      String permission,
      @Nullable String trustedIp,
      @Nullable String algorithm,
      @Nullable String verificationKey,
      @Nullable String expiresAt) {
    return new CreateKey(
        ACCOUNT,
        label,
        List.of(permission),
        trustedIp == null ? null : List.of(trustedIp),
        algorithm,
        verificationKey,
        null,
        expiresAt);
  }

  private static KeyCreated created(
      Instant at, String algorithm, @Nullable String verificationKey, @Nullable String rootKey) {
    return new KeyCreated(
        ACCOUNT,
        at,
        CHALLENGE,
        "made-1",
        "TradingBot1",
        algorithm,
        verificationKey,
        rootKey,
        List.of("read"),
        List.of(),
        null,
        null);
  }

  private static ApiKey key(Instant at, String algorithm, @Nullable String verificationKey) {
    return ApiKey.made(
        "made-1",
        "TradingBot1",
        algorithm,
        verificationKey,
        new Rights(List.of("read"), List.of()),
        at,
        null);
  }
}
