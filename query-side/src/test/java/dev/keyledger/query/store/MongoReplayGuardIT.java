package dev.keyledger.query.store;

import static dev.keyledger.query.verification.ReplayGuard.Use.FRESH;
import static dev.keyledger.query.verification.ReplayGuard.Use.REUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.verification.ManualClock;
import dev.keyledger.query.verification.ReplayGuard.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The replay guard that all nodes share. */
class MongoReplayGuardIT {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final Duration LIFETIME = Duration.ofSeconds(35);
  private static final KeyId ONE = new KeyId(1, 1);
  private static final KeyId TWO = new KeyId(1, 2);

  private final TestDatabase mongo = new TestDatabase();
  private final ManualClock clock = new ManualClock();
  private final MongoReplayGuard guard = node();

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void aNonceIsFreshOncePerKeyOnWhateverNode() {
    assertThat(use(guard, ONE, "n", clock.instant())).isEqualTo(FRESH);
    assertThat(use(guard, ONE, "n", clock.instant())).isEqualTo(REUSED);
    assertThat(use(node(), ONE, "n", clock.instant())).isEqualTo(REUSED);
    assertThat(use(guard, TWO, "n", clock.instant())).isEqualTo(FRESH);
  }

  @Test
  void itIsRememberedWhileItsSignatureCouldBeAccepted() {
    Instant created = clock.instant();
    use(guard, ONE, "n", created);

    clock.advance(WINDOW.plus(MongoReplayGuard.CLOCKS_APART));
    assertThat(use(guard, ONE, "n", clock.instant())).isEqualTo(REUSED);
    clock.advance(Duration.ofMillis(1));
    assertThat(use(guard, ONE, "n", clock.instant())).isEqualTo(FRESH);
    assertThat(use(guard, ONE, "n", clock.instant())).isEqualTo(REUSED);
  }

  @Test
  void aReplayAtTheEndOfTheWindowIsSeenHoweverLongTheDatabaseTakes() {
    Instant created = clock.instant();
    use(guard, ONE, "n", created);
    clock.advance(WINDOW);
    InstantSource movesOn =
        () -> {
          clock.advance(Duration.ofSeconds(10));
          return clock.instant();
        };
    MongoReplayGuard slow = new MongoReplayGuard(mongo.database(), movesOn, WINDOW, LIFETIME);

    assertThat(use(slow, ONE, "n", created)).isEqualTo(REUSED);
  }

  @Test
  void itIsFoundInTheNeighbouringCollectionToo() {
    Instant boundary = Instant.ofEpochSecond(MongoReplayGuard.SPAN.toSeconds() * 3_000_000);
    clock.advance(Duration.between(clock.instant(), boundary));

    assertThat(use(guard, ONE, "n", boundary.minusSeconds(1))).isEqualTo(FRESH);
    assertThat(use(guard, ONE, "n", boundary)).isEqualTo(REUSED);
    assertThat(use(guard, ONE, "m", boundary)).isEqualTo(FRESH);
    assertThat(use(guard, ONE, "m", boundary.minusSeconds(1))).isEqualTo(REUSED);
  }

  @Test
  void collectionsThatNobodyNeedsAreDropped() {
    use(guard, ONE, "n", clock.instant());
    guard.sweep().block();
    assertThat(collections()).hasSize(1);

    clock.advance(MongoReplayGuard.SPAN.plus(Duration.ofMinutes(2)));
    use(guard, ONE, "n", clock.instant());
    guard.sweep().block();

    assertThat(collections()).containsExactly("nonces_" + clock.instant().getEpochSecond() / 600);
  }

  @Test
  void ofManyAtOnceAtMostOneIsFresh() throws Exception {
    MongoReplayGuard other = node();
    Instant boundary = Instant.ofEpochSecond(MongoReplayGuard.SPAN.toSeconds() * 3_000_000);
    clock.advance(Duration.between(clock.instant(), boundary));
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int n = 0; n < 60; n++) {
        String nonce = "n" + n;
        List<Callable<Use>> racers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          MongoReplayGuard node = i % 2 == 0 ? guard : other;
          Instant created = n % 2 == 0 || i % 3 == 0 ? boundary : boundary.minusSeconds(1);
          racers.add(() -> use(node, ONE, nonce, created));
        }
        List<Use> uses = new ArrayList<>();
        for (Future<Use> use : threads.invokeAll(racers)) {
          uses.add(use.get());
        }
        long fresh = uses.stream().filter(FRESH::equals).count();
        assertThat(fresh).isLessThanOrEqualTo(1);
        if (n % 2 == 0) {
          assertThat(fresh).isEqualTo(1);
        }
      }
    }
  }

  private MongoReplayGuard node() {
    return new MongoReplayGuard(mongo.database(), clock, WINDOW, LIFETIME);
  }

  private List<String> collections() {
    return Objects.requireNonNull(
        Flux.from(mongo.database().listCollectionNames()).collectList().block());
  }

  private static Use use(MongoReplayGuard node, KeyId key, String nonce, Instant created) {
    return Objects.requireNonNull(node.use(key, nonce, created).block());
  }
}
