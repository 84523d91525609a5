package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who has read all events pauses. */
class GatheringTest {
  private static final Duration A_WHILE = Duration.ofMillis(20);
  private static final long PAUSE = A_WHILE.toNanos();

  private long now = 1_000_000_000;
  private final Gathering gathering = new Gathering(A_WHILE, () -> now, this::park);

  @Test
  void theFirstLookIsAtOnce() {
    assertThat(pause()).isZero();
  }

  @Test
  void whoFoundTheEndLooksAgainAfterAWhile() {
    gathering.looked(100, 103, 500);
    assertThat(pause()).isEqualTo(PAUSE);

    gathering.looked(103, 103, 500);
    now += PAUSE / 4;
    assertThat(pause()).isEqualTo(PAUSE - PAUSE / 4);
  }

  @Test
  void afterASilenceThereIsNoPause() {
    gathering.looked(100, 100, 500);
    now += PAUSE;

    assertThat(pause()).isZero();
  }

  @Test
  void missingNumbersAreNotTheEnd() {
    // However few of the 500 were there: the last one was.
    gathering.looked(100, 600, 500);
    assertThat(pause()).isZero();

    // None of them was there, and Axon looked further.
    gathering.looked(600, 20_601, 500);
    assertThat(pause()).isZero();
  }

  /** How long one is kept waiting who looks for events. */
  private long pause() {
    long before = now;
    gathering.await();
    return now - before;
  }

  /** Comes back too early at times, as parking does. */
  private void park(long nanos) {
    now += Math.max(1, nanos / 2);
  }
}
