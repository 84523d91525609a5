package dev.keyledger.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.query.Events;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which node goes on with a rebuild. */
class ClaimTest {
  private static final Rebuild BEGUN = Rebuild.NEVER.begun("one", Events.NOON);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // wraps around soon
  private final Claim one = new Claim("one", nanos::get);
  private final Claim two = new Claim("two", nanos::get);

  @Test
  void whoBeganItHoldsItAlsoAfterARestart() {
    assertThat(one.holds(BEGUN)).isTrue();
    assertThat(new Claim("one", nanos::get).holds(BEGUN)).isTrue();
    assertThat(two.holds(BEGUN)).isFalse();
  }

  @Test
  void nobodyTakesWhatIsAlive() {
    Rebuild now = BEGUN;
    for (int sign = 0; sign < 5; sign++) {
      assertThat(two.mayTake(now)).isFalse();
      pass(Claim.DEAD_AFTER.toNanos() - 1);
      assertThat(two.mayTake(now)).isFalse();
      now = now.reached(sign, 9, null);
    }
  }

  @Test
  void whatGivesNoSignIsTaken() {
    assertThat(two.mayTake(BEGUN)).isFalse();
    pass(Claim.DEAD_AFTER.toNanos());
    assertThat(two.mayTake(BEGUN)).isTrue();
    assertThat(two.holds(BEGUN.takenBy("two"))).isTrue();
    assertThat(one.holds(BEGUN.takenBy("two"))).isFalse();
  }

  @Test
  void nobodyTakesWhatIsDone() {
    Rebuild done = BEGUN.finished(Events.NOON);
    assertThat(one.holds(done)).isFalse();
    assertThat(two.mayTake(done)).isFalse();
    pass(Claim.DEAD_AFTER.toNanos());
    assertThat(two.mayTake(done)).isFalse();
  }

  private void pass(long by) {
    nanos.addAndGet(by);
  }
}
