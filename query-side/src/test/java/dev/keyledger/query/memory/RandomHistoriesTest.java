package dev.keyledger.query.memory;

import static dev.keyledger.query.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.Events;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.KeyState;
import dev.keyledger.query.views.KeyView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to an account, the memory knows what the view shows. */
class RandomHistoriesTest {
  private static final int EVENTS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void memoryAndViewAgree(long seed) {
    Random random = new Random(seed);
    TestMemory memory = new TestMemory(InstantSource.fixed(NOON));
    memory.caughtUp();
    List<String> names = IntStream.range(0, 8).mapToObj(_ -> TestKey.newPublicApiKey()).toList();
    AccountView view = AccountView.unknown("alice");
    for (int n = 1; n <= EVENTS; n++) {
      KeyRingEvent event = event(random, view, names);
      view = AccountView.evolve(view, event, n);
      memory.apply(event);
      check(memory.live(), view, names);
    }
  }

  private static void check(LiveKeys live, AccountView view, List<String> names) {
    List<KeyView> shown = view.keys(NOON);
    Set<String> gone = new HashSet<>(names);
    assertThat(live.size()).isEqualTo(view.keys().size());
    for (KeyView key : shown) {
      Found found = live.find(id(key.publicApiKey())).orElseThrow();
      gone.remove(key.publicApiKey());
      assertThat(found.account().position()).isEqualTo(view.position());
      assertThat(found.key().label()).isEqualTo(key.label());
      assertThat(found.key().rights().asGiven()).isEqualTo(key.rights());
      assertThat(found.key().expiresAt()).isEqualTo(key.expiresAt());
      assertThat(found.key().retiresAt()).isEqualTo(key.retiresAt());
      assertThat(found.key().disabled()).isEqualTo(key.disabledReason() != null);
      assertThat(found.key().expired(NOON)).isEqualTo(key.state(NOON) == KeyState.EXPIRED);
      assertThat(found.key().credential() instanceof Credential.Ed25519)
          .isEqualTo(key.algorithm().equals("ed25519"));
    }
    for (String name : gone) {
      assertThat(live.find(id(name))).isEmpty();
    }
  }

  private static KeyRingEvent event(Random random, AccountView view, List<String> names) {
    List<String> free = new ArrayList<>(names);
    view.keys().forEach(key -> free.remove(key.publicApiKey()));
    String key = names.get(random.nextInt(names.size()));
    Instant soon = NOON.plus(Duration.ofSeconds(random.nextInt(-60, 60)));
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          free.isEmpty()
              ? Events.twoFactorEnabled("alice")
              : Events.keyCreated("alice", free.getFirst(), random.nextBoolean() ? soon : null);
      case 3 -> Events.permissionsEdited("alice", key, soon, "203.0.113." + random.nextInt(200));
      case 4 -> Events.permissionsLapsed("alice", key, soon);
      case 5 -> Events.keyDisabled("alice", key, soon);
      case 6 -> Events.keyEnabled("alice", key, soon);
      case 7 -> Events.expiryChanged("alice", key, random.nextBoolean() ? soon : null);
      case 8 ->
          free.isEmpty()
              ? Events.enrolmentStarted("alice")
              : Events.keyRotated("alice", key, free.getFirst(), soon);
      case 9, 10 -> Events.keyDeleted("alice", key);
      default ->
          random.nextInt(10) == 0
              ? Events.allKeysDeleted("alice")
              : Events.twoFactorEnabled("alice");
    };
  }

  private static KeyId id(String publicApiKey) {
    return KeyId.parse(publicApiKey).orElseThrow();
  }
}
