package dev.keyledger.command.mail;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one account for the mail's tests. */
final class Events {
  static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
  static final String ROOT_KEY_ID = "test";
  static final Operation CREATE =
      new Operation.CreateKey(
          "Bot1x", List.of("read", "trade"), List.of(), "ed25519", null, null, null);

  private Events() {}

  static KeyRingEvent.ChallengeOpened opened(String account, String challenge) {
    return new KeyRingEvent.ChallengeOpened(
        account,
        AT,
        challenge,
        CREATE,
        List.of("email", "totp"),
        1,
        ROOT_KEY_ID,
        5,
        AT.plus(Duration.ofMinutes(10)),
        AT.plus(Duration.ofMinutes(1)));
  }

  static KeyRingEvent.CodeReissued reissued(String account, String challenge, int issue) {
    return new KeyRingEvent.CodeReissued(
        account,
        AT.plusSeconds(60),
        challenge,
        CREATE,
        List.of("email", "totp"),
        issue,
        ROOT_KEY_ID,
        AT.plusSeconds(660),
        AT.plusSeconds(120));
  }

  static KeyRingEvent.CodeVerified verified(String account, String challenge) {
    return new KeyRingEvent.CodeVerified(account, AT, challenge, List.of("email", "totp"), 1L);
  }

  static KeyRingEvent.ChallengeClosed closed(String account, String challenge) {
    return new KeyRingEvent.ChallengeClosed(account, AT, challenge, "cancelled");
  }

  static KeyRingEvent.KeyCreated created(String account) {
    return new KeyRingEvent.KeyCreated(
        account,
        AT,
        "ch_1",
        "kl_pub_1",
        "Bot1x",
        "ed25519",
        null,
        null,
        List.of("read", "trade"),
        List.of("203.0.113.7"),
        null,
        null);
  }

  static KeyRingEvent.PermissionsEdited edited(String account) {
    return new KeyRingEvent.PermissionsEdited(
        account,
        AT,
        "ch_1",
        "kl_pub_1",
        "Bot1x",
        new Rights(List.of("read"), List.of()),
        new Rights(List.of("read", "withdraw"), List.of("203.0.113.7")));
  }

  static KeyRingEvent.ExpiryChanged expiryChanged(String account, @Nullable Instant after) {
    return new KeyRingEvent.ExpiryChanged(account, AT, "ch_1", "kl_pub_1", "Bot1x", null, after);
  }

  static KeyRingEvent.KeyDisabled disabled(String account, String reason) {
    return new KeyRingEvent.KeyDisabled(account, AT, "kl_pub_1", "Bot1x", reason, null);
  }

  static KeyRingEvent.KeyEnabled enabled(String account) {
    return new KeyRingEvent.KeyEnabled(account, AT, "ch_1", "kl_pub_1", "Bot1x");
  }

  static KeyRingEvent.KeyRotated rotated(String account, Duration grace) {
    return new KeyRingEvent.KeyRotated(
        account,
        AT,
        "ch_1",
        "kl_pub_1",
        "kl_pub_2",
        "Bot1x",
        "ed25519",
        null,
        null,
        new Rights(List.of("read"), List.of()),
        null,
        AT.plus(grace));
  }

  static KeyRingEvent.KeyExpiring expiring(String account) {
    return new KeyRingEvent.KeyExpiring(
        account, AT, "kl_pub_1", "Bot1x", AT.plus(Duration.ofDays(7)));
  }

  static KeyRingEvent.KeyExpired expired(String account) {
    return new KeyRingEvent.KeyExpired(account, AT, "kl_pub_1", "Bot1x", AT);
  }

  static KeyRingEvent.PermissionsLapsed lapsed(String account) {
    return new KeyRingEvent.PermissionsLapsed(
        account,
        AT,
        "kl_pub_1",
        "Bot1x",
        new Rights(List.of("read", "trade"), List.of()),
        new Rights(List.of("read"), List.of()));
  }

  static KeyRingEvent.TwoFactorReset twoFactorReset(String account) {
    return new KeyRingEvent.TwoFactorReset(account, AT, "en_1", "support-12", "Lost phone 4711");
  }

  static KeyRingEvent.PersonErased erased(String account) {
    return new KeyRingEvent.PersonErased(account, AT, "support-12");
  }

  static KeyRingEvent.KeyDeleted deleted(String account) {
    return new KeyRingEvent.KeyDeleted(account, AT, "ch_1", "kl_pub_1", "Bot1x");
  }

  static KeyRingEvent.AllKeysDeleted allDeleted(String account, String... keys) {
    return new KeyRingEvent.AllKeysDeleted(account, AT, "ch_1", List.of(keys));
  }

  static KeyRingEvent.AccountLocked locked(String account) {
    return new KeyRingEvent.AccountLocked(account, AT, AT.plus(Duration.ofMinutes(15)));
  }

  static KeyRingEvent.TwoFactorEnabled twoFactorEnabled(String account) {
    return new KeyRingEvent.TwoFactorEnabled(account, AT, "en_1", 1);
  }

  static KeyRingEvent.TwoFactorDisabled twoFactorDisabled(String account) {
    return new KeyRingEvent.TwoFactorDisabled(account, AT, "en_1", "ch_1");
  }

  static KeyRingEvent.TwoFactorEnrolmentStarted enrolmentStarted(String account) {
    return new KeyRingEvent.TwoFactorEnrolmentStarted(account, AT, "en_1", ROOT_KEY_ID);
  }

  static KeyRingEvent.CodeRejected rejected(String account) {
    return new KeyRingEvent.CodeRejected(account, AT, "ch_1", 4, 1);
  }
}
