package dev.keyledger.query.verification;

import static dev.keyledger.query.verification.ReplayGuard.Use.FRESH;
import static dev.keyledger.query.verification.ReplayGuard.Use.FULL;
import static dev.keyledger.query.verification.ReplayGuard.Use.REUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.verification.ReplayGuard.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The replay guard in a node's memory. */
class LocalReplayGuardTest {
  private static final Duration LIFETIME = Duration.ofSeconds(35);
  private static final KeyId ONE = new KeyId(1, 1);
  private static final KeyId TWO = new KeyId(1, 2);

  private final ManualClock clock = new ManualClock();
  private final LocalReplayGuard guard = new LocalReplayGuard(LIFETIME, clock, 10);

  @Test
  void aNonceIsFreshOncePerKey() {
    assertThat(use(ONE, "n")).isEqualTo(FRESH);
    assertThat(use(ONE, "n")).isEqualTo(REUSED);
    assertThat(use(TWO, "n")).isEqualTo(FRESH);
    assertThat(use(ONE, "N")).isEqualTo(FRESH);
    assertThat(use(ONE, "n")).isEqualTo(REUSED);
  }

  @Test
  void itIsRememberedForAsLongAsItsSignatureCouldBeAccepted() {
    use(ONE, "n");

    clock.advance(LIFETIME);
    assertThat(use(ONE, "n")).isEqualTo(REUSED);

    clock.advance(Duration.ofSeconds(2));
    assertThat(use(ONE, "n")).isEqualTo(FRESH);
  }

  @Test
  void aClockThatIsSetBackForgetsNothing() {
    use(ONE, "n");
    clock.advance(Duration.ofHours(-1));
    assertThat(use(ONE, "n")).isEqualTo(REUSED);
    clock.advance(LIFETIME);
    assertThat(use(ONE, "n")).isEqualTo(REUSED);
  }

  @Test
  void whenItIsFullItTakesNoMoreUntilThereIsRoom() {
    for (int n = 0; n < 10; n++) {
      assertThat(use(ONE, "n" + n)).isEqualTo(FRESH);
    }
    assertThat(use(ONE, "more")).isEqualTo(FULL);
    assertThat(guard.size()).isEqualTo(10);

    clock.advance(LIFETIME.plusSeconds(2));
    assertThat(use(ONE, "more")).isEqualTo(FRESH);
    assertThat(guard.size()).isEqualTo(1);
  }

  @Test
  void ofManyAtOnceOneIsFresh() throws Exception {
    LocalReplayGuard roomy = new LocalReplayGuard(LIFETIME, clock, 1000);
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int n = 0; n < 200; n++) {
        String nonce = "n" + n;
        Callable<Use> racer = () -> roomy.use(ONE, nonce, clock.instant()).block();
        List<Use> uses = new ArrayList<>();
        for (Future<Use> use : threads.invokeAll(Collections.nCopies(8, racer))) {
          uses.add(use.get());
        }
        assertThat(uses).containsOnlyOnce(FRESH).contains(REUSED).hasSize(8);
      }
    }
  }

  @Test
  void switchedOffEveryNonceIsFresh() {
    ReplayGuard off = ReplayGuard.off();
    assertThat(off.use(ONE, "n", clock.instant()).block()).isEqualTo(FRESH);
    assertThat(off.use(ONE, "n", clock.instant()).block()).isEqualTo(FRESH);
  }

  private Use use(KeyId key, String nonce) {
    return Objects.requireNonNull(guard.use(key, nonce, clock.instant()).block());
  }
}
