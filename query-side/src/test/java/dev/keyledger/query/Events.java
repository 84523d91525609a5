package dev.keyledger.query;

import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.RateLimit;
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
        null,
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

  public static KeyDisabled keyDisabled(String account, String publicApiKey, Instant at) {
    return new KeyDisabled(account, at, publicApiKey, "Bot " + publicApiKey, "by-owner", null);
  }

  public static KeyEnabled keyEnabled(String account, String publicApiKey, Instant at) {
    return new KeyEnabled(account, at, "challenge-5", publicApiKey, "Bot " + publicApiKey);
  }

  /** A rotation that gives the new key rights of its own, to tell it from the old one. */
  public static KeyRotated keyRotated(
      String account, String publicApiKey, String newPublicApiKey, Instant graceEndsAt) {
    return new KeyRotated(
        account,
        NOON,
        "challenge-6",
        publicApiKey,
        newPublicApiKey,
        "Bot " + publicApiKey,
        "hmac-sha256",
        null,
        "root-1",
        new Rights(List.of("read", "trade"), List.of("203.0.113.7"), new RateLimit(5, 10)),
        null,
        graceEndsAt);
  }

  public static ExpiryChanged expiryChanged(
      String account, String publicApiKey, @Nullable Instant after) {
    return new ExpiryChanged(
        account, NOON, "challenge-7", publicApiKey, "Bot " + publicApiKey, null, after);
  }

  public static PermissionsLapsed permissionsLapsed(
      String account, String publicApiKey, Instant at) {
    return new PermissionsLapsed(
        account,
        at,
        publicApiKey,
        "Bot " + publicApiKey,
        new Rights(List.of("read", "trade"), List.of()),
        new Rights(List.of("read"), List.of()));
  }

  public static KeyDeleted keyDeleted(String account, String publicApiKey) {
    return new KeyDeleted(account, NOON, "challenge-3", publicApiKey, "Bot " + publicApiKey);
  }

  public static AllKeysDeleted allKeysDeleted(String account, String... publicApiKeys) {
    return new AllKeysDeleted(account, NOON, "challenge-4", List.of(publicApiKeys));
  }
}
