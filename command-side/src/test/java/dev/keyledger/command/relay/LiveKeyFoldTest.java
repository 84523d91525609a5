package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.ExpiryChanged;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.KeyEnabled;
import dev.keyledger.events.KeyRingEvent.KeyExpired;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Rights;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the random histories can't tell of: clocks that differ, and what is not looked at. */
class LiveKeyFoldTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final String KEY = "kl_pub_1";

  static Collection<Class<? extends KeyRingEvent>> types() {
    return EventTypes.all().values();
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatChangesAKeyIsLookedAtAndNothingElse(Class<? extends KeyRingEvent> type)
      throws Exception {
    assertThat(LiveKeyFold.TYPES.contains(type))
        .isNotEqualTo(LiveKeyFold.steps(new PlacedEvent(0, 1, anyOf(type))).isEmpty());
  }

  @Test
  void aKeyThatExpiredStaysSoThoughTheNextClockIsLate() {
    LiveKey expired = after(after(made(), expired(NOON)), disabled(NOON.minusSeconds(1)));

    assertThat(expired.state()).isEqualTo("expired");
    assertThat(expired.disabledReason()).isEqualTo("by-owner");
  }

  @Test
  void anotherEndMakesItWhatItWasBefore() {
    LiveKey expired = after(after(made(), disabled(NOON.minusSeconds(1))), expired(NOON));
    LiveKey again =
        after(
            expired,
            new ExpiryChanged(
                "alice", NOON.plusSeconds(1), "ch_1", KEY, "Bot 1", NOON, NOON.plusSeconds(60)));

    assertThat(again.state()).isEqualTo("disabled");
    assertThat(after(again, new KeyEnabled("alice", NOON, "ch_2", KEY, "Bot 1")).state())
        .isEqualTo("active");
  }

  @Test
  void thatItsEndHasComeIsNoChangeOfItsAccount() {
    LiveKey expired = after(made(), expired(NOON));

    assertThat(expired.updatedAt()).isEqualTo(made().updatedAt());
    assertThat(expired.logIndex()).isGreaterThan(made().logIndex());
  }

  @Test
  void whatWasNotKnownStaysUnknown() {
    assertThat(step(new PlacedEvent(7, 2, disabled(NOON)), null)).isNull();
  }

  private static LiveKey made() {
    KeyCreated event =
        new KeyCreated(
            "alice",
            NOON.minusSeconds(60),
            "ch_1",
            KEY,
            "Bot 1",
            "hmac-sha256",
            null,
            "root",
            List.of("read"),
            List.of(),
            null,
            NOON);
    return Objects.requireNonNull(step(new PlacedEvent(0, 1, event), null));
  }

  private static LiveKey after(LiveKey key, KeyRingEvent event) {
    PlacedEvent placed = new PlacedEvent(key.logIndex() + 1, key.position() + 1, event);
    return Objects.requireNonNull(step(placed, key));
  }

  private static @Nullable LiveKey step(PlacedEvent placed, @Nullable LiveKey before) {
    return Objects.requireNonNull(LiveKeyFold.steps(placed).get(KEY)).after(before);
  }

  private static KeyDisabled disabled(Instant at) {
    return new KeyDisabled("alice", at, KEY, "Bot 1", "by-owner", null);
  }

  private static KeyExpired expired(Instant at) {
    return new KeyExpired("alice", at, KEY, "Bot 1", NOON);
  }

  private static KeyRingEvent anyOf(Class<? extends KeyRingEvent> type) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Constructor<? extends KeyRingEvent> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    return constructor.newInstance(
        Arrays.stream(components).map(component -> any(component.getType())).toArray());
  }

  @SuppressWarnings("NullAway") // An operation is not looked at.
  private static Object any(Class<?> type) {
    if (type == String.class) {
      return KEY;
    }
    if (type == Instant.class) {
      return NOON;
    }
    if (type == List.class) {
      return List.of("203.0.113.7");
    }
    if (type == Rights.class) {
      return new Rights(List.of("read"), List.of());
    }
    if (type == int.class) {
      return 1;
    }
    return type == long.class ? 1L : null;
  }
}
