package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.command.keyring.Outcome.PermissionsReplaced;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.Operation;
import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replacing what a key may do and from where. */
class EditPermissionsTest {
  private static final Operation OPERATION =
      new Operation.EditPermissions(
          "key-1", "TradingBot1", List.of("read", "trade"), List.of("10.0.0.1"), null, null);

  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallengeForTheCanonicalForm() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .when(
            new EditPermissions(
                ACCOUNT,
                "key-1",
                List.of("trade", "read"),
                List.of("::ffff:10.0.0.1"),
                Change.none(),
                Change.none()))
        .appends(ring.opened(CHALLENGE, OPERATION));
  }

  @Test
  void replacesBothOnceTheCodesAreRight() {
    Instant created = ring.now();
    ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .givenKey("Other Bot 2")
        .givenOpen(OPERATION)
        .after(Duration.ofMinutes(1))
        .when(ring.rightCodes(CHALLENGE))
        .appends(
            new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
            new PermissionsEdited(
                ACCOUNT,
                ring.now(),
                CHALLENGE,
                "key-1",
                "TradingBot1",
                new Rights(List.of("read"), List.of()),
                new Rights(List.of("read", "trade"), List.of("10.0.0.1"))))
        .answers(
            new PermissionsReplaced(
                ApiKey.made(
                        "key-1",
                        "TradingBot1",
                        "ed25519",
                        "verifies it",
                        new Rights(List.of("read"), List.of()),
                        created,
                        null)
                    .with(new Rights(List.of("read", "trade"), List.of("10.0.0.1")), ring.now())));
  }

  @Test
  void refusesInTheOrderOfTheContract() {
    KeyRingFixture strict =
        new KeyRingFixture(TestRules.WITHDRAW_NEEDS_IPS).givenKey("TradingBot1");
    strict.when(asking("key-9", "admin", "x")).refuses(Rule.TWO_FACTOR_REQUIRED);
    strict.givenTwoFactor().givenOpen(new Operation.DeleteAll());
    strict.when(asking("key-9", "admin", "x")).refuses(Rule.UNKNOWN_KEY);
    strict.when(asking("key-1", "admin", "x")).refuses(Rule.INVALID_PERMISSIONS);
    strict.when(asking("key-1", "withdraw", "x")).refuses(Rule.INVALID_IP);
    strict.when(asking("key-1", "withdraw", "::/0")).refuses(Rule.TRUSTED_IPS_REQUIRED);
    strict
        .when(asking("key-1", "withdraw", "10.0.0.1"))
        .refuses(new CodeCooldown(TestRules.COOLDOWN));
  }

  @Test
  void leavesWhatIsNotNamedAndReplacesWhatIs() {
    Instant end = ring.now().plus(Duration.ofDays(30));
    ring.givenTwoFactor().given(limitedKey(end));

    ring.when(changing(Change.none(), Change.none()))
        .appends(ring.opened(CHALLENGE, operation(new RateLimit(5, 9), end)));
    ring.after(TestRules.COOLDOWN)
        .when(changing(Change.to(new WantedRateLimit(7, null)), Change.none()))
        .appends(
            closed(1, "superseded"),
            ring.opened(challenge(2), operation(new RateLimit(7, 7), end)));
    ring.after(TestRules.COOLDOWN)
        .when(changing(Change.to(null), Change.to("2026-12-24T00:00:00Z")))
        .appends(
            closed(2, "superseded"),
            ring.opened(challenge(3), operation(null, Instant.parse("2026-12-24T00:00:00Z"))));
    ring.after(TestRules.COOLDOWN)
        .when(changing(Change.none(), Change.to(null)))
        .appends(
            closed(3, "superseded"),
            ring.opened(challenge(4), operation(new RateLimit(5, 9), null)));
  }

  @Test
  void saysWhenTheEndChanges() {
    Instant end = ring.now().plus(Duration.ofDays(30));
    Instant later = ring.now().plus(Duration.ofDays(60));
    Rights after = new Rights(List.of("read"), List.of(), new RateLimit(7, 7));
    Then then =
        ring.givenTwoFactor()
            .given(limitedKey(end))
            .givenOpen(operation(new RateLimit(7, 7), later))
            .when(ring.rightCodes(CHALLENGE));

    then.appends(
        new CodeVerified(ACCOUNT, ring.now(), CHALLENGE, BOTH, ring.step()),
        new PermissionsEdited(
            ACCOUNT,
            ring.now(),
            CHALLENGE,
            "limited",
            "TradingBot1",
            new Rights(List.of("read"), List.of(), new RateLimit(5, 9)),
            after),
        new ExpiryChanged(ACCOUNT, ring.now(), CHALLENGE, "limited", "TradingBot1", end, later));
    ApiKey key = ((PermissionsReplaced) then.decision().outcome()).key();
    assertThat(key.expiresAt()).isEqualTo(later);
    assertThat(key.rights()).isEqualTo(after);
  }

  @Test
  void givesAnExpiredKeyAnotherEndAndNotAPastOne() {
    Instant end = ring.now().plus(Duration.ofDays(1));
    ring.givenTwoFactor().given(limitedKey(end)).after(Duration.ofDays(2));

    ring.when(changing(Change.none(), Change.to("2026-01-02T23:59:59Z")))
        .refuses(Rule.INVALID_EXPIRY);
    ring.when(changing(Change.to(new WantedRateLimit(0, null)), Change.none()))
        .refuses(Rule.INVALID_RATE_LIMIT);
    ring.when(changing(Change.none(), Change.to("2026-01-04T00:00:00Z")))
        .appends(
            ring.opened(
                CHALLENGE, operation(new RateLimit(5, 9), Instant.parse("2026-01-04T00:00:00Z"))));
  }

  @Test
  void closesAChallengeWhoseEndPassedWhileItsCodesWereOnTheWay() {
    Instant end = ring.now().plus(Duration.ofDays(1));
    ring.givenTwoFactor()
        .given(limitedKey(end))
        .givenOpen(operation(null, ring.now().plusSeconds(30)))
        .after(Duration.ofSeconds(30))
        .when(ring.rightCodes(CHALLENGE))
        .appends(closed(1, "outdated"))
        .refusesAndRemembers(Rule.INVALID_EXPIRY);
  }

  @Test
  void leavesAnEndThatPassedWhileTheCodesWereOnTheWayWhereItWasNotToBeChanged() {
    Instant end = ring.now().plusSeconds(30);
    Then then =
        ring.givenTwoFactor()
            .given(limitedKey(end))
            .givenOpen(operation(null, end))
            .after(Duration.ofSeconds(30))
            .when(ring.rightCodes(CHALLENGE));

    assertThat(then.events()).hasSize(2).last().isInstanceOf(PermissionsEdited.class);
  }

  private KeyCreated limitedKey(Instant end) {
    return new KeyCreated(
        ACCOUNT,
        ring.now(),
        "alice-challenge-0",
        "limited",
        "TradingBot1",
        "ed25519",
        "verifies it",
        null,
        List.of("read"),
        List.of(),
        new RateLimit(5, 9),
        end);
  }

  private static Operation operation(@Nullable RateLimit limit, @Nullable Instant end) {
    return new Operation.EditPermissions(
        "limited", "TradingBot1", List.of("read"), List.of(), limit, end);
  }

  private ChallengeClosed closed(int number, String reason) {
    return new ChallengeClosed(ACCOUNT, ring.now(), challenge(number), reason);
  }

  private static String challenge(int number) {
    return "alice-challenge-" + number;
  }

  private static EditPermissions changing(
      Change<WantedRateLimit> rateLimit, Change<String> expiresAt) {
    return new EditPermissions(ACCOUNT, "limited", null, null, rateLimit, expiresAt);
  }

  private static EditPermissions asking(String key, String permission, String trustedIp) {
    return new EditPermissions(
        ACCOUNT, key, List.of(permission), List.of(trustedIp), Change.none(), Change.none());
  }
}
