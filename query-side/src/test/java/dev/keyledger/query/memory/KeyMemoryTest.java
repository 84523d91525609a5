package dev.keyledger.query.memory;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.allKeysDeleted;
import static dev.keyledger.query.Events.expiryChanged;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static dev.keyledger.query.Events.keyDisabled;
import static dev.keyledger.query.Events.keyEnabled;
import static dev.keyledger.query.Events.keyRotated;
import static dev.keyledger.query.Events.permissionsEdited;
import static dev.keyledger.query.TestKey.newPublicApiKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Rights;
import dev.keyledger.query.stream.Decoded;
import dev.keyledger.query.views.SetAside;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the memory knows after which events. */
class KeyMemoryTest {
  private final String k1 = newPublicApiKey();
  private final String k2 = newPublicApiKey();
  private final TestMemory memory = new TestMemory(InstantSource.fixed(NOON));

  @BeforeEach
  void start() {
    memory.caughtUp();
  }

  @Test
  void knowsAKeyFromItsCreationToItsDeletion() {
    assertThat(find(k1)).isEmpty();

    memory.apply(keyCreated("alice", k1));
    Found found = find(k1).orElseThrow();
    assertThat(found.account().accountId()).isEqualTo("alice");
    assertThat(found.account().position()).isEqualTo(1);
    assertThat(found.key().label()).isEqualTo("Bot " + k1);
    assertThat(found.key().credential()).isInstanceOf(Credential.Ed25519.class);
    assertThat(found.key().rights().asGiven()).isEqualTo(new Rights(List.of("read"), List.of()));

    memory.apply(keyDeleted("alice", k1));
    assertThat(find(k1)).isEmpty();
    assertThat(memory.live().size()).isZero();
  }

  @Test
  void deletingAllTakesAllAtOnce() {
    memory.apply(keyCreated("alice", k1), keyCreated("alice", k2));
    assertThat(memory.live().size()).isEqualTo(2);

    memory.apply(allKeysDeleted("alice", k1, k2));

    assertThat(find(k1)).isEmpty();
    assertThat(find(k2)).isEmpty();
    assertThat(memory.live().size()).isZero();
  }

  @Test
  void followsEditsAndStates() {
    memory.apply(keyCreated("alice", k1), permissionsEdited("alice", k1, NOON, "203.0.113.7"));
    assertThat(find(k1).orElseThrow().key().rights().asGiven().trustedIps())
        .containsExactly("203.0.113.7");

    memory.apply(keyDisabled("alice", k1, NOON));
    assertThat(find(k1).orElseThrow().key().disabled()).isTrue();

    memory.apply(keyEnabled("alice", k1, NOON), expiryChanged("alice", k1, NOON));
    assertThat(find(k1).orElseThrow().key().disabled()).isFalse();
    assertThat(find(k1).orElseThrow().key().expired(NOON)).isTrue();
    assertThat(find(k1).orElseThrow().key().expired(NOON.minusNanos(1))).isFalse();
  }

  @Test
  void aRotatedKeyIsThereUntilItsGraceEndsAndItsSuccessorAtOnce() {
    memory.apply(keyCreated("alice", k1), keyRotated("alice", k1, k2, NOON.plusNanos(1)));

    assertThat(find(k1)).isPresent();
    assertThat(find(k2).orElseThrow().key().credential())
        .isEqualTo(new Credential.HmacSha256("root-1"));

    TestMemory later = new TestMemory(InstantSource.fixed(NOON.plusNanos(1)));
    later.caughtUp();
    later.apply(keyCreated("alice", k1), keyRotated("alice", k1, k2, NOON.plusNanos(1)));
    assertThat(later.live().find(id(k1))).isEmpty();
    assertThat(later.live().find(id(k2))).isPresent();
  }

  @Test
  void repeatsChangeNothing() {
    memory.apply(keyCreated("alice", k1), keyDeleted("alice", k1));

    memory.read(0, known(keyCreated("alice", k1), 1));

    assertThat(find(k1)).isEmpty();
    memory.apply(keyCreated("alice", k2));
    assertThat(find(k2).orElseThrow().account().complete()).isTrue();
  }

  @Test
  void anAccountWithAGapIsNotComplete() {
    memory.apply(keyCreated("alice", k1));
    assertThat(find(k1).orElseThrow().account().complete()).isTrue();

    memory.read(0, known(keyDeleted("alice", k1), 3));

    assertThat(find(k1).orElseThrow().account().complete()).isFalse();
  }

  @Test
  void anAccountWithAnUnreadableEventIsNotComplete() {
    memory.apply(keyCreated("alice", k1), keyCreated("bob", k2));

    memory.read(
        0, new Decoded.Poison(SetAside.Reason.VALUE, "broken", new Decoded.Place("alice", 2)));

    assertThat(find(k1).orElseThrow().account().complete()).isFalse();
    assertThat(find(k2).orElseThrow().account().complete()).isTrue();
  }

  @Test
  void aTypeFromTheFutureStopsItsPartition() {
    memory.apply(keyCreated("alice", k1));
    assertThat(memory.live().stopped()).isEmpty();

    memory.read(3, new Decoded.Future("dev.keyledger.KeyLent.v1"));

    assertThat(memory.live().stopped()).containsExactly(3);
    assertThat(find(k1).orElseThrow().account().partition()).isZero();
  }

  @Test
  void aKeyWithANameOfAnotherFormIsNobodys() {
    memory.apply(keyCreated("alice", "k1"), keyCreated("alice", k1));

    assertThat(memory.live().size()).isEqualTo(1);
    assertThat(find(k1).orElseThrow().account().position()).isEqualTo(2);
  }

  private Optional<Found> find(String publicApiKey) {
    return memory.live().find(id(publicApiKey));
  }

  private static KeyId id(String publicApiKey) {
    return KeyId.parse(publicApiKey).orElseThrow();
  }

  private static Decoded known(KeyRingEvent event, long position) {
    return new Decoded.Known(event.accountId(), position, event);
  }
}
