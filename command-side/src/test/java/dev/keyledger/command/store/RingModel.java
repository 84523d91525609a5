package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AccountLocked;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.KeyRingEvent.ChallengeOpened;
import dev.keyledger.events.KeyRingEvent.CodeReissued;
import dev.keyledger.events.KeyRingEvent.CodeRejected;
import dev.keyledger.events.KeyRingEvent.CodeVerified;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.events.KeyRingEvent.TwoFactorDisabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnabled;
import dev.keyledger.events.KeyRingEvent.TwoFactorEnrolmentStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in every history of a key ring, told by its events alone and written without a
 * look at the key ring: each event is checked against those before it.
 */
final class RingModel {
  private final int maxKeys;
  private final Duration cooldown;

  /** Public key → label, oldest first. */
  final Map<String, String> keys = new LinkedHashMap<>();

  final List<String> challenges = new ArrayList<>();
  private final Set<Long> usedSteps = new HashSet<>();
  @Nullable TwoFactorEnrolmentStarted enrolment;
  boolean twoFactor;
  @Nullable String open;
  int issue;
  boolean needsTotp;
  Instant expiresAt = Instant.MIN;
  Instant lockedUntil = Instant.MIN;
  private Instant nextCode = Instant.MIN;
  private @Nullable String verified;

  RingModel(int maxKeys, Duration cooldown) {
    this.maxKeys = maxKeys;
    this.cooldown = cooldown;
  }

  boolean isUsed(long step) {
    return usedSteps.contains(step);
  }

  void accept(KeyRingEvent event) {
    switch (event) {
      case TwoFactorEnrolmentStarted e -> {
        assertThat(twoFactor).isFalse();
        enrolment = e;
      }
      case TwoFactorEnabled e -> {
        assertThat(open).isNull();
        use(e.totpStep());
        twoFactor = true;
      }
      case TwoFactorDisabled e -> {
        performs(e.challengeId());
        assertThat(keys).isEmpty();
        twoFactor = false;
        enrolment = null;
      }
      case ChallengeOpened e -> {
        assertThat(open).isNull();
        assertThat(challenges).doesNotContain(e.challengeId());
        assertThat(e.factors().contains("totp")).isEqualTo(twoFactor);
        challenges.add(e.challengeId());
        open = e.challengeId();
        needsTotp = e.factors().contains("totp");
        issued(e.occurredAt(), e.issue(), e.expiresAt());
        assertThat(issue).isEqualTo(1);
      }
      case CodeReissued e -> {
        assertThat(open).isEqualTo(e.challengeId());
        assertThat(e.issue()).isEqualTo(issue + 1);
        issued(e.occurredAt(), e.issue(), e.expiresAt());
      }
      case CodeRejected e -> lookedAt(e.challengeId(), e.occurredAt());
      case CodeVerified e -> {
        lookedAt(e.challengeId(), e.occurredAt());
        assertThat(e.totpStep() != null).isEqualTo(needsTotp);
        if (e.totpStep() != null) {
          use(e.totpStep());
        }
        verified = open;
        open = null;
        nextCode = Instant.MIN;
      }
      case ChallengeClosed e -> {
        assertThat(open).isEqualTo(e.challengeId());
        open = null;
      }
      case AccountLocked e -> lockedUntil = e.until();
      case KeyCreated e -> {
        performs(e.challengeId());
        assertThat(keys).doesNotContainValue(e.label()).doesNotContainKey(e.publicApiKey());
        keys.put(e.publicApiKey(), e.label());
        assertThat(keys).hasSizeLessThanOrEqualTo(maxKeys);
      }
      case PermissionsEdited e -> {
        performs(e.challengeId());
        assertThat(keys).containsEntry(e.publicApiKey(), e.label());
      }
      case KeyDeleted e -> {
        performs(e.challengeId());
        assertThat(keys.remove(e.publicApiKey())).isEqualTo(e.label());
      }
      case AllKeysDeleted e -> {
        performs(e.challengeId());
        assertThat(e.publicApiKeys()).containsExactlyElementsOf(keys.keySet());
        keys.clear();
      }
    }
  }

  /** A change comes right after its own challenge was verified, once. */
  private void performs(String challengeId) {
    assertThat(verified).isEqualTo(challengeId);
    verified = null;
  }

  private void issued(Instant at, int number, Instant end) {
    assertThat(at).isAfterOrEqualTo(nextCode);
    nextCode = at.plus(cooldown);
    issue = number;
    expiresAt = end;
  }

  private void lookedAt(String challengeId, Instant at) {
    assertThat(open).isEqualTo(challengeId);
    assertThat(at).isAfterOrEqualTo(lockedUntil).isBefore(expiresAt);
  }

  private void use(long step) {
    assertThat(usedSteps.add(step)).as("step %d used twice", step).isTrue();
  }
}
