package dev.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether a mark counts as reached. */
class RowTest {
  @Test
  void comparesTheRatioWhereThatIsMeant() {
    Row row = Row.of("durable commands", "/s", 290).against(1000).mark(Mark.COMMANDS);
    assertThat(row.ratio()).hasValue(0.29);
    assertThat(row.reached()).contains(false);
    assertThat(Row.of("durable commands", "/s", 300).against(1000).mark(Mark.COMMANDS).reached())
        .contains(true);
  }

  @Test
  void takesLessForBetterWhereThatIsMeant() {
    assertThat(Row.of("p99", "ms", 250).mark(Mark.VISIBLE).reached()).contains(true);
    assertThat(Row.of("p99", "ms", 251).mark(Mark.VISIBLE).reached()).contains(false);
    assertThat(Row.of("start", "CPU s", 4.1).against(2).mark(Mark.START).reached()).contains(false);
  }

  @Test
  void saysNothingWithoutAMark() {
    assertThat(Row.of("p50", "ms", 1).reached()).isEmpty();
  }

  @Test
  void missesAMarkThatCouldNotBeCompared() {
    assertThat(Row.of("lists", "/s", 1000).mark(Mark.LISTS).reached()).contains(false);
  }
}
