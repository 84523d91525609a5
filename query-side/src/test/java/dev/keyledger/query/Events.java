package dev.keyledger.query;

import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events for tests, with what doesn't matter filled in. */
public final class Events {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
  public static final String VERIFICATION_KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqo=";

  private Events() {}

  public static TwoFactorEnrolmentStarted enrolmentStarted(String account) {
    return new TwoFactorEnrolmentStarted(account, NOON, "enrolment-1", "root-1");
  }

  public static TwoFactorEnabled twoFactorEnabled(String account) {
    return new TwoFactorEnabled(account, NOON, "enrolment-1", 59_000_000);
  }

  public static KeyCreated keyCreated(String account, String publicApiKey) {
    return keyCreated(account, publicApiKey, null);
  }

  public static KeyCreated keyCreated(
      String account, String publicApiKey, @Nullable Instant expiresAt) {
    return new KeyCreated(
        account,
        NOON,
        "challenge-1",
        publicApiKey,
        "Bot " + publicApiKey,
        "ed25519",
        VERIFICATION_KEY,
        null,
        List.of("read"),
        List.of(),
        expiresAt);
  }

  public static PermissionsEdited permissionsEdited(
      String account, String publicApiKey, Instant at, String... trustedIps) {
    return new PermissionsEdited(
        account,
        at,
        "challenge-2",
        publicApiKey,
        "Bot " + publicApiKey,
        new Rights(List.of("read"), List.of()),
        new Rights(List.of("read", "trade"), List.of(trustedIps)));
  }

  public static KeyDeleted keyDeleted(String account, String publicApiKey) {
    return new KeyDeleted(account, NOON, "challenge-3", publicApiKey, "Bot " + publicApiKey);
  }

  public static AllKeysDeleted allKeysDeleted(String account, String... publicApiKeys) {
    return new AllKeysDeleted(account, NOON, "challenge-4", List.of(publicApiKeys));
  }
}
