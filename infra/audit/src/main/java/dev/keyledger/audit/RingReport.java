package dev.keyledger.audit;

import dev.keyledger.events.EventTypes;
import dev.keyledger.events.RateLimit;
import dev.keyledger.replay.Approval;
import dev.keyledger.replay.CanonicalJson;
import dev.keyledger.replay.Cause;
import dev.keyledger.replay.Key;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.replay.OpenChallenge;
import dev.keyledger.replay.TwoFactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A key ring as it was, in words or as JSON. */
final class RingReport {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private final KeyRing ring;
  private final Instant at;
  private final List<Key> keys;

  /**
   * Tells of a ring.
   *
   * @param at the instant that keys are judged at
   * @param publicApiKey the only key to tell of; null for all
   */
  RingReport(KeyRing ring, Instant at, @Nullable String publicApiKey) {
    this.ring = ring;
    this.at = at;
    this.keys =
        ring.keys().stream()
            .filter(key -> publicApiKey == null || key.publicApiKey().equals(publicApiKey))
            .toList();
  }

  /**
   * The ring as the state hash takes it, and of each key besides, what it could do and since when.
   */
  Map<String, Object> json() {
    Map<String, Object> json = JSON.readValue(CanonicalJson.bytes(ring), OBJECT);
    List<Map<String, Object>> told = new ArrayList<>();
    for (Key key : keys) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("state", key.state(at).text());
      one.put("can", key.permissions(at));
      one.put("sinceIndex", key.since().logIndex());
      one.putAll(JSON.readValue(CanonicalJson.bytes(key), OBJECT));
      told.add(one);
    }
    json.put("at", at.toString());
    json.put("keys", told);
    return json;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (ring.position() == 0) {
      lines.add("Account " + ring.accountId() + ": nothing had happened to it.");
      return lines;
    }
    lines.add(
        "Account %s at %s, after position %d (log index %d)"
            .formatted(ring.accountId(), at, ring.position(), ring.logIndex()));
    TwoFactor factor = ring.twoFactor();
    lines.add("  second factor: " + factor.state().text() + since(factor.since()));
    OpenChallenge open = ring.challenge();
    if (open != null) {
      lines.add(
          "  open challenge %s: %s, since %s, %d attempts left"
              .formatted(
                  open.challengeId(), open.operation(), open.openedAt(), open.attemptsLeft()));
    }
    Instant locked = ring.lockedUntil();
    if (locked != null && at.isBefore(locked)) {
      lines.add("  locked until " + locked);
    }
    keys.forEach(key -> add(lines, key));
    if (keys.isEmpty()) {
      lines.add("  no such key, or none at all");
    }
    return lines;
  }

  private void add(List<String> lines, Key key) {
    lines.add(
        "  key %s \"%s\", %s: %s"
            .formatted(key.publicApiKey(), key.label(), key.algorithm(), key.state(at).text()));
    List<String> can = key.permissions(at);
    List<String> ips = key.rights().trustedIps();
    lines.add(
        "    could do: %s, from %s%s"
            .formatted(
                can.isEmpty() ? "nothing" : String.join(", ", can),
                ips.isEmpty() ? "everywhere" : String.join(", ", ips),
                limit(key.rights().rateLimit())));
    lines.add("    created" + since(key.created()));
    if (!key.rightsSince().equals(key.created())) {
      lines.add("    has these rights" + since(key.rightsSince()));
    }
    addIf(lines, "disabled", key.disabled());
    addIf(lines, "enabled again", key.enabled());
    if (key.expiresAt() != null) {
      lines.add("    expires at " + key.expiresAt() + since(key.expirySince()));
    }
    Key.Retirement end = key.retirement();
    if (end != null) {
      lines.add(
          "    replaced by %s, works until %s%s"
              .formatted(end.rotatedTo(), end.at(), since(end.cause())));
    }
  }

  private static void addIf(List<String> lines, String what, @Nullable Cause cause) {
    if (cause != null) {
      lines.add("    " + what + since(cause));
    }
  }

  private static String limit(@Nullable RateLimit limit) {
    return limit == null
        ? ""
        : ", at most %d/s, %d at once".formatted(limit.perSecond(), limit.burst());
  }

  private static String since(@Nullable Cause cause) {
    if (cause == null) {
      return "";
    }
    String name = cause.type().replace(EventTypes.PREFIX, "").replace(EventTypes.SUFFIX, "");
    StringBuilder text =
        new StringBuilder(" since %s (%s, index %d)".formatted(cause.at(), name, cause.logIndex()));
    Approval approval = cause.approval();
    if (approval != null) {
      text.append(
          ", approved with %s by %s (index %d)"
              .formatted(
                  approval.challengeId(),
                  String.join(" and ", approval.factors()),
                  approval.logIndex()));
    } else if (cause.challengeId() != null) {
      text.append(", NO APPROVAL of ").append(cause.challengeId()).append(" in the log");
    }
    if (cause.supporter() != null) {
      text.append(", by supporter ").append(cause.supporter());
    }
    if (cause.reason() != null) {
      text.append(": ").append(cause.reason());
    }
    return text.toString();
  }
}
