package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Rights;
import dev.keyledger.replay.BrokenOrderException;
import dev.keyledger.replay.Key;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.replay.LoggedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live keys of an account, compared at each event with the ring that an auditor replays, which
 * is other code.
 */
public final class LiveKeyModel {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** They name a key and change none. */
  private static final Set<Class<?>> ABOUT_KEYS =
      Set.of(
          KeyRingEvent.ChallengeOpened.class,
          KeyRingEvent.CodeReissued.class,
          KeyRingEvent.KeyExpiring.class);

  private final Map<String, LiveKey> keys = new TreeMap<>();
  private final Map<String, PlacedEvent> last = new HashMap<>();
  private KeyRing ring;

  public LiveKeyModel(String accountId) {
    ring = KeyRing.empty(accountId);
  }

  /** Takes the account's next event. */
  public void accept(long logIndex, long position, KeyRingEvent event) {
    PlacedEvent placed = new PlacedEvent(logIndex, position, event);
    LiveKeyFold.steps(placed)
        .forEach((key, step) -> {
          @Nullable LiveKey after = step.after(keys.get(key));
          if (after == null) {
            keys.remove(key);
          } else {
            keys.put(key, after);
          }
        });
    try {
      ring = ring.evolve(new LoggedEvent(logIndex, position, event));
    } catch (BrokenOrderException e) {
      throw new AssertionError(e);
    }
    String json = ABOUT_KEYS.contains(event.getClass()) ? "" : JSON.writeValueAsString(event);
    assertThat(keys.keySet())
        .isEqualTo(ring.keys().stream().map(Key::publicApiKey).collect(Collectors.toSet()));
    for (Key key : ring.keys()) {
      if (json.contains(key.publicApiKey())) {
        last.put(key.publicApiKey(), placed);
      }
      assertSame(
          Objects.requireNonNull(keys.get(key.publicApiKey())),
          key,
          Objects.requireNonNull(last.get(key.publicApiKey())));
    }
  }

  /** As they are now, in JSON, by public API key. */
  Map<String, String> json() {
    Map<String, String> values = new TreeMap<>();
    keys.forEach((name, key) -> values.put(name, JSON.writeValueAsString(key)));
    return values;
  }

  private void assertSame(LiveKey told, Key key, PlacedEvent made) {
    Rights rights = key.rights();
    Key.@Nullable Retirement end = key.retirement();
    assertThat(told)
        .isEqualTo(
            new LiveKey(
                key.publicApiKey(),
                ring.accountId(),
                key.label(),
                key.algorithm(),
                key.verificationKey(),
                rights.permissions(),
                rights.openToAll() ? "unrestricted" : "trusted",
                rights.trustedIps(),
                told.warnings(),
                rights.rateLimit(),
                state(key, made.event().occurredAt()),
                key.disabled() == null ? null : key.disabled().reason(),
                end == null ? null : end.at(),
                end == null ? null : end.rotatedTo(),
                key.rotatedFrom(),
                key.created().at(),
                told.updatedAt(),
                key.expiresAt(),
                made.position(),
                made.logIndex()));
    assertThat(told.warnings().isEmpty()).isEqualTo(told.ipAccess().equals("trusted"));
  }

  /** As the list of keys says it, which does not show what is gone. */
  private static String state(Key key, Instant at) {
    if (key.expiresAt() != null && !at.isBefore(key.expiresAt())) {
      return "expired";
    }
    if (key.disabled() != null) {
      return "disabled";
    }
    return key.retirement() != null ? "retiring" : "active";
  }
}
