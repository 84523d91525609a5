package dev.keyledger.command.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a key is to end: never, or at an instant to come. */
class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void neverIsFine() {
    assertThat(Expiry.parse(null).isValid(NOW)).isTrue();
    assertThat(Expiry.parse(null).instant()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00.001Z, 2026-01-01T00:00:00.001Z",
    "2026-01-01T01:00:00Z, 2026-01-01T01:00:00Z",
    "2026-01-01T01:30:00+01:00, 2026-01-01T00:30:00Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
  })
  void isGood(String text, Instant expected) {
    assertThat(Expiry.parse(text).isValid(NOW)).isTrue();
    assertThat(Expiry.parse(text).instant()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2027",
        "2027-01-01",
        "2027-01-01T00:00:00",
        "2027-02-30T00:00:00Z",
        "2026-01-01T00:00:00Z",
        "2025-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z",
        "1893456000"
      })
  void isBad(String text) {
    assertThat(Expiry.parse(text).isValid(NOW)).isFalse();
  }

  @Test
  void isBadHoweverLongItIs() {
    assertThat(Expiry.parse("9".repeat(65_536)).isValid(NOW)).isFalse();
  }
}
