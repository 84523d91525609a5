package dev.keyledger.query.memory;

import static dev.keyledger.query.Events.NOON;
import static dev.keyledger.query.Events.keyCreated;
import static dev.keyledger.query.Events.keyDeleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.TestKey;
import dev.keyledger.query.stream.Decoded;
import dev.keyledger.query.views.NotYetVisibleException;
import dev.keyledger.query.views.SetAside;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** How fresh the memory is, and waiting for a position. */
class LiveKeysTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final String publicApiKey = TestKey.newPublicApiKey();
  private final KeyId key = KeyId.parse(publicApiKey).orElseThrow();
  private final TestMemory memory = new TestMemory(InstantSource.fixed(NOON));

  @Test
  void knowsNothingBeforeItCaughtUp() {
    memory.apply(keyCreated("alice", publicApiKey));
    assertThat(memory.live().ready()).isFalse();
    assertThat(memory.live().find(key)).isEmpty();
    assertThat(memory.live().staleness()).isGreaterThan(Duration.ofDays(1));

    memory.caughtUp();

    assertThat(memory.live().ready()).isTrue();
    assertThat(memory.live().find(key)).isPresent();
    assertThat(memory.live().staleness()).isZero();
  }

  @Test
  void getsStaleInSilenceAndFreshByANewProof() {
    memory.caughtUp();
    memory.silence(Duration.ofSeconds(3).toNanos());
    assertThat(memory.live().staleness()).isEqualTo(Duration.ofSeconds(3));

    memory.caughtUp();
    assertThat(memory.live().staleness()).isZero();
  }

  @Test
  void aPositionThatIsReachedIsNotWaitedFor() {
    memory.caughtUp();
    memory.apply(keyCreated("alice", publicApiKey));

    assertThat(memory.live().holds(key, 1)).isTrue();
    assertThat(memory.live().holds(key, 2)).isFalse();
    StepVerifier.create(memory.live().reached(key, 1, LONG)).verifyComplete();
    StepVerifier.create(memory.live().reached(key, 0, LONG)).verifyComplete();
  }

  @Test
  void aKeyThatIsNotKnownYetIsWaitedFor() {
    memory.caughtUp();

    StepVerifier.create(memory.live().reached(key, 1, LONG))
        .then(() -> memory.apply(keyCreated("alice", publicApiKey)))
        .verifyComplete();
  }

  @Test
  void aDeletionIsWaitedFor() {
    memory.caughtUp();
    memory.apply(keyCreated("alice", publicApiKey));

    StepVerifier.create(memory.live().reached(key, 2, LONG))
        .then(() -> memory.apply(keyDeleted("alice", publicApiKey)))
        .verifyComplete();
    StepVerifier.create(memory.live().reached(key, 2, LONG)).verifyComplete();
  }

  @Test
  void anAccountWithAGapIsNotWaitedFor() {
    memory.caughtUp();
    memory.apply(keyCreated("alice", publicApiKey));

    StepVerifier.create(memory.live().reached(key, 3, LONG))
        .then(() ->
            memory.read(
                0,
                new Decoded.Poison(SetAside.Reason.VALUE, "broken", new Decoded.Place("alice", 2))))
        .verifyComplete();
  }

  @Test
  void tellsOfDeletionsFromTheTimeOnThatItCaughtUp() {
    List<KeyId> gone = new ArrayList<>();
    memory.live().onDeparture((_, id) -> gone.add(id));
    memory.apply(keyCreated("alice", publicApiKey), keyDeleted("alice", publicApiKey));
    assertThat(gone).isEmpty();

    memory.caughtUp();
    memory.apply(keyCreated("alice", publicApiKey), keyDeleted("alice", publicApiKey));
    assertThat(gone).containsExactly(key);
  }

  @Test
  void theWaitEnds() {
    memory.caughtUp();

    StepVerifier.withVirtualTime(() -> memory.live().reached(key, 1, Duration.ofSeconds(5)))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(4999))
        .thenAwait(Duration.ofMillis(1))
        .verifyError(NotYetVisibleException.class);
  }

  @Test
  void onlySoManyWait() {
    memory.caughtUp();
    var waiting =
        IntStream.range(0, 1000)
            .mapToObj(_ -> memory.live().reached(key, 1, LONG).subscribe())
            .toList();

    StepVerifier.create(memory.live().reached(key, 1, LONG))
        .verifyError(NotYetVisibleException.class);

    waiting.forEach(Disposable::dispose);
    StepVerifier.create(memory.live().reached(key, 1, LONG))
        .then(() -> memory.apply(keyCreated("alice", publicApiKey)))
        .verifyComplete();
  }
}
