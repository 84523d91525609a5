package dev.keyledger.command.due;

import dev.keyledger.command.due.DueStep.Kind;
import dev.keyledger.command.keyring.ApiKey;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.PermissionsLapsed;
import dev.keyledger.events.Rights;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of the events and notes what each of them makes due, and what no longer is. */
public class DueCalendar {
  private final DueSteps steps;

  DueCalendar(DueSteps steps) {
    this.steps = steps;
  }

  void on(KeyRingEvent event) {
    switch (event) {
      case KeyCreated e -> {
        noteEnd(e, e.publicApiKey(), e.expiresAt());
        noteLapse(e, e.publicApiKey(), new Rights(e.permissions(), e.trustedIps(), e.rateLimit()));
      }
      case ExpiryChanged e -> {
        steps.cancel(e.accountId(), e.publicApiKey(), List.of(Kind.WARN, Kind.EXPIRE));
        noteEnd(e, e.publicApiKey(), e.after());
      }
      case PermissionsEdited e -> noteLapse(e, e.publicApiKey(), e.after());
      case PermissionsLapsed e -> noteLapse(e, e.publicApiKey(), e.after());
      case KeyRotated e -> {
        steps.cancel(e.accountId(), e.publicApiKey(), List.of(Kind.WARN));
        note(e, e.publicApiKey(), Kind.END_GRACE, e.graceEndsAt());
        noteEnd(e, e.newPublicApiKey(), e.expiresAt());
        noteLapse(e, e.newPublicApiKey(), e.rights());
      }
      case KeyDeleted e -> steps.cancel(e.accountId(), e.publicApiKey(), EnumSet.allOf(Kind.class));
      case AllKeysDeleted e -> steps.cancelAll(e.accountId());
      case KeyRingEvent.KeyDisabled _,
          KeyRingEvent.KeyEnabled _,
          KeyRingEvent.KeyExpiring _,
          KeyRingEvent.KeyExpired _,
          KeyRingEvent.TwoFactorEnrolmentStarted _,
          KeyRingEvent.TwoFactorEnabled _,
          KeyRingEvent.TwoFactorDisabled _,
          KeyRingEvent.TwoFactorReset _,
          KeyRingEvent.PersonErased _,
          KeyRingEvent.ChallengeOpened _,
          KeyRingEvent.CodeReissued _,
          KeyRingEvent.CodeRejected _,
          KeyRingEvent.CodeVerified _,
          KeyRingEvent.ChallengeClosed _,
          KeyRingEvent.AccountLocked _ -> {}
    }
  }

  /** Who gives a key less time than the warning has to come before its end needs none. */
  private void noteEnd(KeyRingEvent event, String publicApiKey, @Nullable Instant end) {
    if (end == null) {
      return;
    }
    note(event, publicApiKey, Kind.EXPIRE, end);
    Instant warning = end.minus(ApiKey.WARNING);
    if (warning.isAfter(event.occurredAt())) {
      note(event, publicApiKey, Kind.WARN, warning);
    }
  }

  private void noteLapse(KeyRingEvent event, String publicApiKey, Rights rights) {
    if (ApiKey.mayLapse(rights)) {
      note(event, publicApiKey, Kind.LAPSE, event.occurredAt());
    } else {
      steps.cancel(event.accountId(), publicApiKey, List.of(Kind.LAPSE));
    }
  }

  private void note(KeyRingEvent event, String publicApiKey, Kind kind, Instant at) {
    steps.schedule(new DueStep(event.accountId(), publicApiKey, kind, nextMilli(at)));
  }

  /** Databases keep fewer digits than an instant has; too late is fine, and too early is not. */
  private static Instant nextMilli(Instant at) {
    return at.plus(Duration.ofNanos(999_999)).truncatedTo(ChronoUnit.MILLIS);
  }
}
