package dev.keyledger.subscriber;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.KeyRingEvent.KeyExpiring;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.KeyRingEvent.PersonErased;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import dev.keyledger.events.KeyRingEvent.TwoFactorReset;
import dev.keyledger.events.Rights;
import java.util.List;

/** What a change is called. Another service would change its own data here. */
final class Narration {
  private Narration() {}

  static String of(KeyRingEvent event) {
    return switch (event) {
      case KeyCreated e ->
          "%s “%s” made, may %s from %s"
              .formatted(
                  e.publicApiKey(), e.label(), list(e.permissions()), places(e.trustedIps()));
      case PermissionsEdited e -> "%s %s".formatted(e.publicApiKey(), rights(e.after()));
      case PermissionsLapsed e ->
          "%s was open for too long, %s".formatted(e.publicApiKey(), rights(e.after()));
      case ExpiryChanged e ->
          "%s ends %s".formatted(e.publicApiKey(), e.after() == null ? "never" : e.after());
      case KeyDisabled e -> "%s disabled: %s".formatted(e.publicApiKey(), e.reason());
      case KeyEnabled e -> "%s enabled".formatted(e.publicApiKey());
      case KeyRotated e ->
          "%s took the place of %s, which works until %s"
              .formatted(e.newPublicApiKey(), e.publicApiKey(), e.graceEndsAt());
      case KeyExpiring e -> "%s will end at %s".formatted(e.publicApiKey(), e.expiresAt());
      case KeyExpired e -> "%s has ended".formatted(e.publicApiKey());
      case KeyDeleted e -> "%s deleted".formatted(e.publicApiKey());
      case AllKeysDeleted e -> "all keys deleted: %s".formatted(list(e.publicApiKeys()));
      case TwoFactorEnrolmentStarted _ -> "second factor shown";
      case TwoFactorEnabled _ -> "second factor on";
      case TwoFactorDisabled _ -> "second factor off";
      case TwoFactorReset e -> "second factor reset by %s: %s".formatted(e.supporter(), e.reason());
      case PersonErased e -> "person erased by %s: erase what you have".formatted(e.supporter());
      case ChallengeOpened e -> "%s waits for its codes".formatted(e.challengeId());
      case CodeReissued e -> "%s got another code".formatted(e.challengeId());
      case CodeRejected e ->
          "%s: wrong codes, %d attempts left".formatted(e.challengeId(), e.attemptsLeft());
      case CodeVerified e -> "%s confirmed".formatted(e.challengeId());
      case ChallengeClosed e -> "%s %s".formatted(e.challengeId(), e.reason());
      case AccountLocked e -> "no codes are looked at until %s".formatted(e.until());
    };
  }

  private static String rights(Rights rights) {
    return "may %s from %s".formatted(list(rights.permissions()), places(rights.trustedIps()));
  }

  private static String places(List<String> trustedIps) {
    return trustedIps.isEmpty() ? "everywhere" : list(trustedIps);
  }

  private static String list(List<String> words) {
    return words.isEmpty() ? "none" : String.join(", ", words);
  }
}
