package dev.keyledger.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Rights;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @Test
  void aKeyIsToldOfWithWhatItMayDoAndFromWhere() {
    assertThat(
            Narration.of(
                new KeyRingEvent.KeyCreated(
                    "alice",
                    NOON,
                    "ch_1",
                    "key-1",
                    "Bot1x",
                    "ed25519",
                    null,
                    null,
                    List.of("read", "trade"),
                    List.of(),
                    null,
                    null)))
        .isEqualTo("key-1 “Bot1x” made, may read, trade from everywhere");
    assertThat(
            Narration.of(
                new KeyRingEvent.PermissionsLapsed(
                    "alice",
                    NOON,
                    "key-1",
                    "Bot1x",
                    new Rights(List.of("read", "trade"), List.of()),
                    new Rights(List.of("read"), List.of("203.0.113.7")))))
        .isEqualTo("key-1 was open for too long, may read from 203.0.113.7");
  }

  @Test
  void whatIsAbsentMeansNeverOrNone() {
    assertThat(
            Narration.of(
                new KeyRingEvent.ExpiryChanged("alice", NOON, "ch_1", "key-1", "B", NOON, null)))
        .isEqualTo("key-1 ends never");
    assertThat(Narration.of(new KeyRingEvent.AllKeysDeleted("alice", NOON, "ch_1", List.of())))
        .isEqualTo("all keys deleted: none");
  }
}
