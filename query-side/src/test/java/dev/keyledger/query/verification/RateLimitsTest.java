package dev.keyledger.query.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.RateLimit;
import dev.keyledger.query.memory.KeyId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often a key may be used. */
class RateLimitsTest {
  private static final KeyId KEY = new KeyId(1, 1);
  private static final RateLimit TWO_PER_SECOND = new RateLimit(2, 4);

  private final AtomicLong nanos = new AtomicLong();
  private final RateLimits limits = new RateLimits(nanos::get);

  @Test
  void aKeyWithoutALimitHasNone() {
    for (int n = 0; n < 1000; n++) {
      assertThat(limits.take(KEY, null)).isZero();
    }
  }

  @Test
  void theBurstMayComeAtOnceAndThenOneByOne() {
    take(4, TWO_PER_SECOND);
    assertThat(limits.take(KEY, TWO_PER_SECOND)).isEqualTo(Duration.ofMillis(500));

    pass(Duration.ofMillis(499));
    assertThat(limits.take(KEY, TWO_PER_SECOND)).isEqualTo(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    take(1, TWO_PER_SECOND);
    assertThat(limits.take(KEY, TWO_PER_SECOND)).isPositive();
  }

  @Test
  void lookingTakesNothing() {
    for (int n = 0; n < 10; n++) {
      assertThat(limits.look(KEY, TWO_PER_SECOND)).isZero();
      assertThat(limits.look(KEY, null)).isZero();
    }
    take(4, TWO_PER_SECOND);
    assertThat(limits.look(KEY, TWO_PER_SECOND)).isEqualTo(Duration.ofMillis(500));

    pass(Duration.ofMillis(500));
    assertThat(limits.look(KEY, TWO_PER_SECOND)).isZero();
    take(1, TWO_PER_SECOND);
  }

  @Test
  void keysDoNotShareTheirBuckets() {
    take(4, TWO_PER_SECOND);
    assertThat(limits.take(new KeyId(1, 2), TWO_PER_SECOND)).isZero();
  }

  @Test
  void anEditCountsAtOnceAndGivesNothingAway() {
    take(4, TWO_PER_SECOND);

    RateLimit faster = new RateLimit(10, 20);
    assertThat(limits.take(KEY, faster)).isEqualTo(Duration.ofMillis(100));
    assertThat(limits.take(KEY, null)).isZero();
    assertThat(limits.take(KEY, TWO_PER_SECOND)).isPositive();
  }

  @Test
  void aForgottenBucketWasFull() {
    take(4, TWO_PER_SECOND);
    pass(Duration.ofSeconds(4));

    take(4, TWO_PER_SECOND);
    assertThat(limits.take(KEY, TWO_PER_SECOND)).isPositive();
  }

  @Test
  void aBucketInUseIsNotForgotten() {
    take(4, TWO_PER_SECOND);
    for (int n = 0; n < 100; n++) {
      pass(Duration.ofMillis(499));
      limits.take(KEY, TWO_PER_SECOND);
    }
    assertThat(limits.take(KEY, TWO_PER_SECOND)).isPositive();
  }

  private void take(int times, RateLimit limit) {
    for (int n = 0; n < times; n++) {
      assertThat(limits.take(KEY, limit)).as("request %d", n).isZero();
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
