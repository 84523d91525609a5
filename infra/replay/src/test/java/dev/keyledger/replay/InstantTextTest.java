package dev.keyledger.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;

  @Property
  void anyInstantIsWhatItsTextSays(
      @ForAll @LongRange(min = YEAR_0 - 100, max = YEAR_10000 + 100) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    Instant instant = Instant.ofEpochSecond(second, nano);

    assertThat(InstantText.parse(instant.toString())).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T09:30:00Z",
        "2026-11-22T09:30:00.1Z",
        "2026-11-22T09:30:00.120000000Z",
        "2026-11-22t09:30:00z",
        "2026-11-22T09:30:00+01:00",
        "2026-11-22T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2024-02-29T00:00:00Z",
        "2026-11-22T09:30:00.Z"
      })
  void otherFormsAreReadAsJavaReadsThem(String text) {
    assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-22",
        "2026-11-22T09:30:00",
        "2026-13-22T09:30:00Z",
        "2026-02-29T09:30:00Z",
        "2026-11-22T25:30:00Z",
        "2026-11-22T09:60:00Z",
        "2026-11-22T09:30Z",
        "2026-11-22T09:30:00.1234567890Z",
        "2026-11-22T09:30:00,125Z",
        "2026-11-22T09:30:00.12xZ",
        "2026-11-22T09:30:00.125ZZ",
        "+026-11-22T09:30:00Z",
        "\u0662026-11-22T09:30:00Z"
      })
  void whatIsNoInstantIsRefused(String text) {
    assertThatExceptionOfType(DateTimeParseException.class)
        .isThrownBy(() -> InstantText.parse(text));
  }
}
