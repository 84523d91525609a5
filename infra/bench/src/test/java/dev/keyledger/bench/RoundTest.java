package dev.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** The statistics of rounds. */
class RoundTest {
  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(Round.median(List.of(9.0, 1.0, 3.0), Double::doubleValue)).isEqualTo(3.0);
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Round.median(List.of(4.0, 1.0, 9.0, 2.0), Double::doubleValue)).isEqualTo(3.0);
  }

  @Test
  void hasNoMedianOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Round.median(List.<Double>of(), Double::doubleValue));
  }

  @Test
  void takesEachMedianForItself() {
    List<Round> rounds =
        List.of(new Round(100, 1, 30), new Round(300, 3, 10), new Round(200, 2, 20));
    assertThat(Round.median(rounds)).isEqualTo(new Round(200, 2, 20));
  }

  @Test
  void turnsNanosecondsIntoMillisecondsAndCountsPerSecond() {
    Histogram nanos = Round.histogram();
    for (int millis = 1; millis <= 100; millis++) {
      nanos.recordValue(Duration.ofMillis(millis).toNanos());
    }
    Round round = Round.of(nanos, Duration.ofSeconds(4));
    assertThat(round.perSecond()).isEqualTo(25);
    assertThat(round.p50()).isCloseTo(50, within(0.1));
    assertThat(round.p99()).isCloseTo(99, within(0.2));
  }
}
