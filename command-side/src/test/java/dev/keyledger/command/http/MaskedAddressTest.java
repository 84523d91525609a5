package dev.keyledger.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedAddressTest {

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, a…@example.com",
    "a@example.com, a…@example.com",
    "😀smile@example.com, 😀…@example.com",
    "\"odd@name\"@example.com, \"…@example.com"
  })
  void showsTheFirstCharacterAndTheDomain(String address, String masked) {
    assertThat(MaskedAddress.of(address)).isEqualTo(masked);
  }
}
