package dev.keyledger.command.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.keyledger.events.Operation;
import dev.keyledger.events.Rights;
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
  private final Duration lapse;

  /** By public key, oldest first. */
  final Map<String, Key> keys = new LinkedHashMap<>();

  final List<String> challenges = new ArrayList<>();
  private final Set<Long> usedSteps = new HashSet<>();
  @Nullable TwoFactorEnrolmentStarted enrolment;
  boolean twoFactor;
  @Nullable String open;

  /** The key that the open challenge would enable or rotate. */
  private @Nullable String goesOn;

  int issue;
  boolean needsTotp;
  private boolean addressNoted;
  Instant expiresAt = Instant.MIN;
  Instant lockedUntil = Instant.MIN;
  private Instant nextCode = Instant.MIN;
  private @Nullable String verified;
  private @Nullable String performed;

  RingModel(int maxKeys, Duration cooldown, Duration lapse) {
    this.maxKeys = maxKeys;
    this.cooldown = cooldown;
    this.lapse = lapse;
  }

  /** What the events so far say of a key. */
  static final class Key {
    final String label;
    Rights rights;
    Instant rightsSince;
    @Nullable Instant expiresAt;
    boolean warned;
    boolean ended;
    @Nullable String disabledBecause;
    @Nullable Instant graceEndsAt;
    @Nullable String rotation;

    Key(String label, Rights rights, Instant at, @Nullable Instant expiresAt) {
      this.label = label;
      this.rights = rights;
      this.rightsSince = at;
      this.expiresAt = expiresAt;
    }

    boolean isExpired(Instant at) {
      return expiresAt != null && !at.isBefore(expiresAt);
    }
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
        addressNoted = true;
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
        goesOn =
            switch (e.operation()) {
              case Operation.EnableKey enable -> enable.publicApiKey();
              case Operation.RotateKey rotate -> rotate.publicApiKey();
              default -> null;
            };
        needsTotp = e.factors().contains("totp");
        issued(e.occurredAt(), e.issue(), e.expiresAt());
        assertThat(issue).isEqualTo(1);
        addressNoted = true;
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
      case TwoFactorReset e -> {
        assertThat(twoFactor).isTrue();
        assertThat(open).isNull();
        assertThat(keys.values()).allMatch(key -> key.disabledBecause != null);
        twoFactor = false;
        enrolment = null;
      }
      case PersonErased e -> {
        assertThat(open).isNull();
        assertThat(addressNoted).isTrue();
        addressNoted = false;
      }
      case KeyCreated e -> {
        performs(e.challengeId());
        assertThat(keys.values()).noneMatch(key -> key.label.equals(e.label()));
        add(
            e.publicApiKey(),
            new Key(
                e.label(),
                new Rights(e.permissions(), e.trustedIps(), e.rateLimit()),
                e.occurredAt(),
                e.expiresAt()));
      }
      case PermissionsEdited e -> {
        performs(e.challengeId());
        Key key = key(e.publicApiKey(), e.label());
        assertThat(key.graceEndsAt).isNull();
        assertThat(e.before()).isEqualTo(key.rights);
        key.rights = e.after();
        key.rightsSince = e.occurredAt();
      }
      case ExpiryChanged e -> {
        assertThat(performed).isEqualTo(e.challengeId());
        Key key = key(e.publicApiKey(), e.label());
        assertThat(e.before()).isEqualTo(key.expiresAt).isNotEqualTo(e.after());
        key.expiresAt = e.after();
        key.warned = false;
        key.ended = false;
        assertThat(key.isExpired(e.occurredAt())).isFalse();
      }
      case KeyDisabled e -> {
        Key key = key(e.publicApiKey(), e.label());
        if (e.reason().equals("leak-reported")) {
          assertThat(key.disabledBecause).isNotEqualTo("leak-reported");
          assertThat(open == null ? null : goesOn).isNotEqualTo(e.publicApiKey());
        } else {
          assertThat(key.disabledBecause).isNull();
        }
        assertThat(e.supporter() != null).isEqualTo(e.reason().equals("support-reset"));
        key.disabledBecause = e.reason();
      }
      case KeyEnabled e -> {
        performs(e.challengeId());
        Key key = key(e.publicApiKey(), e.label());
        assertThat(key.disabledBecause).isNotNull();
        assertThat(key.graceEndsAt).isNull();
        assertThat(key.isExpired(e.occurredAt())).isFalse();
        key.disabledBecause = null;
      }
      case KeyRotated e -> {
        performs(e.challengeId());
        Key old = key(e.publicApiKey(), e.label());
        assertThat(old.graceEndsAt).isNull();
        assertThat(old.isExpired(e.occurredAt())).isFalse();
        assertThat(e.rights()).isEqualTo(old.rights);
        assertThat(e.expiresAt()).isEqualTo(old.expiresAt);
        old.graceEndsAt = e.graceEndsAt();
        old.rotation = e.challengeId();
        add(e.newPublicApiKey(), new Key(e.label(), e.rights(), e.occurredAt(), e.expiresAt()));
      }
      case KeyExpiring e -> {
        Key key = key(e.publicApiKey(), e.label());
        assertThat(key.warned).isFalse();
        assertThat(key.expiresAt).isEqualTo(e.expiresAt());
        assertThat(e.occurredAt())
            .isBefore(e.expiresAt())
            .isAfterOrEqualTo(e.expiresAt().minus(Duration.ofDays(7)));
        key.warned = true;
      }
      case KeyExpired e -> {
        Key key = key(e.publicApiKey(), e.label());
        assertThat(key.ended).isFalse();
        assertThat(key.expiresAt).isEqualTo(e.expiresAt());
        assertThat(e.occurredAt()).isAfterOrEqualTo(e.expiresAt());
        key.ended = true;
      }
      case PermissionsLapsed e -> {
        Key key = key(e.publicApiKey(), e.label());
        assertThat(e.before()).isEqualTo(key.rights);
        assertThat(e.before().permissions()).hasSizeGreaterThan(1);
        assertThat(e.after())
            .isEqualTo(
                new Rights(List.of("read"), e.before().trustedIps(), e.before().rateLimit()));
        assertThat(e.occurredAt()).isAfterOrEqualTo(key.rightsSince.plus(lapse));
        key.rights = e.after();
        key.rightsSince = e.occurredAt();
      }
      case KeyDeleted e -> {
        Key key = key(e.publicApiKey(), e.label());
        if (e.challengeId().equals(key.rotation)) {
          assertThat(e.occurredAt()).isAfterOrEqualTo(requireNonNull(key.graceEndsAt));
        } else {
          performs(e.challengeId());
        }
        keys.remove(e.publicApiKey());
      }
      case AllKeysDeleted e -> {
        performs(e.challengeId());
        assertThat(e.publicApiKeys()).containsExactlyElementsOf(keys.keySet());
        keys.clear();
      }
    }
  }

  private Key key(String publicApiKey, String label) {
    Key key = requireNonNull(keys.get(publicApiKey), publicApiKey);
    assertThat(key.label).isEqualTo(label);
    return key;
  }

  private void add(String publicApiKey, Key key) {
    assertThat(keys).doesNotContainKey(publicApiKey);
    assertThat(key.isExpired(key.rightsSince)).isFalse();
    keys.put(publicApiKey, key);
    long live = keys.values().stream().filter(k -> k.graceEndsAt == null).count();
    assertThat(live).isLessThanOrEqualTo(maxKeys);
    assertThat(keys.size() - live).isLessThanOrEqualTo(maxKeys);
  }

  /** A change comes right after its own challenge was verified, once. */
  private void performs(String challengeId) {
    assertThat(verified).isEqualTo(challengeId);
    performed = verified;
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
