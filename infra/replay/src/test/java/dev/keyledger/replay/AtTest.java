package dev.keyledger.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtTest {
  @Test
  void isReadFromText() {
    assertThat(At.parse("position:17")).contains(new At.Position(17));
    assertThat(At.parse("logindex:0")).contains(new At.Index(0));
    assertThat(At.parse("2026-11-22T12:00:00.5Z"))
        .contains(new At.Time(Instant.parse("2026-11-22T12:00:00.500Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "position:",
        "position:-1",
        "position:017",
        "position:+1",
        "logindex:1234567890123456789",
        "logindex: 1",
        "Index:1",
        "2026-11-22",
        "2026-11-22T12:00:00",
        "yesterday"
      })
  void anythingElseIsNot(String text) {
    assertThat(At.parse(text)).isEmpty();
  }
}
