package dev.keyledger.command.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule for labels, as a table. */
class LabelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tb1",
        "TradingBot1",
        "Second Bot 2",
        "Third-Bot_3",
        "v1.2-B",
        ".B1b",
        "-B1b",
        "_B1b",
        "A  b 1",
        "1bA"
      })
  void isGood(String label) {
    assertThat(Label.isValid(label)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "T1",
        "Tb",
        "tradingbot1",
        "TRADINGBOT1",
        "TradingBot",
        "123",
        "Tb1\n",
        "\nTb1",
        "Tb\n1",
        "Tb\t1",
        " TradingBot1",
        "TradingBot1 ",
        "Trading<Bot>1",
        "Trading/Bot1",
        "Tráding1",
        "Tb١",
        "Ｔb1",
        "Tb1\u0000",
        "Tb1\u00a0",
        "Tb1\u200b",
        "T🤖b1"
      })
  void isBad(String label) {
    assertThat(Label.isValid(label)).isFalse();
  }

  @Test
  void hasAtMost64Characters() {
    assertThat(Label.isValid("Tb1".repeat(21) + "x")).isTrue();
    assertThat(Label.isValid("Tb1".repeat(21) + "xx")).isFalse();
    assertThat(Label.isValid("Tb1".repeat(20_000))).isFalse();
  }
}
