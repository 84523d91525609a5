package dev.keyledger.command.due;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.TestClock;
import dev.keyledger.command.due.DueStep.Kind;
import dev.keyledger.command.due.InMemoryDueSteps.Row;
import dev.keyledger.command.due.InMemoryDueSteps.Slot;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which events make which steps due. */
class DueCalendarTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATE = AT.plus(Duration.ofDays(30));
  private static final Rights CLOSED = new Rights(List.of("read", "trade"), List.of("10.0.0.1"));
  private static final Rights OPEN = new Rights(List.of("read", "trade"), List.of());
  private static final Rights READING = new Rights(List.of("read"), List.of());

  private final Map<Slot, Row> table = InMemoryDueSteps.table();
  private final DueCalendar calendar =
      new DueCalendar(new InMemoryDueSteps(table, new TestClock(), "node-1"));

  @Test
  void aKeyThatEndsIsWarnedOfAWeekBefore() {
    calendar.on(created(CLOSED, LATE));

    assertThat(steps())
        .containsExactlyInAnyOrder(
            step("key-1", Kind.WARN, LATE.minus(Duration.ofDays(7))),
            step("key-1", Kind.EXPIRE, LATE));
  }

  @Test
  void aKeyThatEndsWithinAWeekNeedsNoWarning() {
    calendar.on(created(CLOSED, AT.plus(Duration.ofDays(7))));

    assertThat(steps()).containsExactly(step("key-1", Kind.EXPIRE, AT.plus(Duration.ofDays(7))));
  }

  @Test
  void noStepIsDueBeforeItsInstantHoweverManyDigitsThatHas() {
    calendar.on(created(CLOSED, AT.plusNanos(1)));
    assertThat(steps()).containsExactly(step("key-1", Kind.EXPIRE, AT.plusMillis(1)));

    calendar.on(created(CLOSED, AT.plusMillis(2)));
    assertThat(steps()).containsExactly(step("key-1", Kind.EXPIRE, AT.plusMillis(2)));
  }

  @Test
  void anotherEndTakesThePlaceOfTheFirst() {
    calendar.on(created(CLOSED, LATE));
    calendar.on(expiryChanged(AT.plusSeconds(60)));
    assertThat(steps()).containsExactly(step("key-1", Kind.EXPIRE, AT.plusSeconds(60)));

    calendar.on(expiryChanged(null));
    assertThat(steps()).isEmpty();
  }

  @Test
  void openRightsLapseCountedFromWhenTheyWereConfirmed() {
    calendar.on(created(OPEN, null));
    assertThat(steps()).containsExactly(step("key-1", Kind.LAPSE, AT));

    calendar.on(edited(AT.plusSeconds(5), OPEN));
    assertThat(steps()).containsExactly(step("key-1", Kind.LAPSE, AT.plusSeconds(5)));

    calendar.on(edited(AT.plusSeconds(6), CLOSED));
    assertThat(steps()).isEmpty();

    calendar.on(edited(AT.plusSeconds(7), OPEN));
    calendar.on(new PermissionsLapsed("alice", AT, "key-1", "Bot1x", OPEN, READING));
    assertThat(steps()).isEmpty();
  }

  @Test
  void readingFromEverywhereDoesNotLapse() {
    calendar.on(created(READING, null));

    assertThat(steps()).isEmpty();
  }

  @Test
  void aRotationSetsTheEndOfTheOldKeyAndGivesItsEndToTheNewOne() {
    calendar.on(created(OPEN, LATE));
    calendar.on(rotated(AT.plusSeconds(60)));

    assertThat(steps())
        .containsExactlyInAnyOrder(
            step("key-1", Kind.EXPIRE, LATE),
            step("key-1", Kind.LAPSE, AT),
            step("key-1", Kind.END_GRACE, AT.plusSeconds(60)),
            step("key-2", Kind.WARN, LATE.minus(Duration.ofDays(7))),
            step("key-2", Kind.EXPIRE, LATE),
            step("key-2", Kind.LAPSE, AT));
  }

  @Test
  void nothingIsDueForKeysThatAreGone() {
    calendar.on(created(OPEN, LATE));
    calendar.on(rotated(AT));
    calendar.on(new KeyDeleted("alice", AT, "ch_1", "key-1", "Bot1x"));
    assertThat(steps()).isNotEmpty().noneMatch(step -> step.publicApiKey().equals("key-1"));

    calendar.on(new AllKeysDeleted("alice", AT, "ch_1", List.of("key-2")));
    assertThat(steps()).isEmpty();
  }

  private List<DueStep> steps() {
    return table.values().stream().map(Row::step).toList();
  }

  private static DueStep step(String publicApiKey, Kind kind, Instant at) {
    return new DueStep("alice", publicApiKey, kind, at);
  }

  private static KeyCreated created(Rights rights, @Nullable Instant expiresAt) {
    return new KeyCreated(
        "alice",
        AT,
        "ch_1",
        "key-1",
        "Bot1x",
        "ed25519",
        null,
        null,
        rights.permissions(),
        rights.trustedIps(),
        null,
        expiresAt);
  }

  private static ExpiryChanged expiryChanged(@Nullable Instant after) {
    return new ExpiryChanged("alice", AT, "ch_1", "key-1", "Bot1x", LATE, after);
  }

  private static PermissionsEdited edited(Instant at, Rights after) {
    return new PermissionsEdited("alice", at, "ch_1", "key-1", "Bot1x", READING, after);
  }

  private static KeyRotated rotated(Instant graceEndsAt) {
    return new KeyRotated(
        "alice",
        AT,
        "ch_1",
        "key-1",
        "key-2",
        "Bot1x",
        "ed25519",
        null,
        null,
        OPEN,
        LATE,
        graceEndsAt);
  }
}
