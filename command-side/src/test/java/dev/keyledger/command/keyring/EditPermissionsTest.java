package dev.keyledger.command.keyring;

import static dev.keyledger.command.keyring.KeyRingFixture.ACCOUNT;
import static dev.keyledger.command.keyring.KeyRingFixture.BOTH;
import static dev.keyledger.command.keyring.KeyRingFixture.CHALLENGE;

import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.command.keyring.Outcome.PermissionsReplaced;
import dev.keyledger.command.keyring.Refusal.CodeCooldown;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replacing what a key may do and from where. */
class EditPermissionsTest {
  private static final Operation OPERATION =
      new Operation.EditPermissions(
          "key-1", "TradingBot1", List.of("read", "trade"), List.of("10.0.0.1"));

  private final KeyRingFixture ring = new KeyRingFixture();

  @Test
  void opensAChallengeForTheCanonicalForm() {
    ring.givenTwoFactor()
        .givenKey("TradingBot1")
        .when(
            new EditPermissions(
                ACCOUNT, "key-1", List.of("trade", "read"), List.of("::ffff:10.0.0.1")))
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
                new ApiKey(
                    "key-1",
                    "TradingBot1",
                    "ed25519",
                    "verifies it",
                    new Rights(List.of("read", "trade"), List.of("10.0.0.1")),
                    created,
                    ring.now(),
                    null)));
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

  private static EditPermissions asking(String key, String permission, String trustedIp) {
    return new EditPermissions(ACCOUNT, key, List.of(permission), List.of(trustedIp));
  }
}
