package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {
  @ParameterizedTest
  @CsvSource({
    "mongodb://a:1, mongodb://a:1/keyledger",
    "mongodb://a:1/, mongodb://a:1/keyledger",
    "mongodb://a:1/?w=majority, mongodb://a:1/keyledger?w=majority",
    "mongodb+srv://u:p@a?tls=true, mongodb+srv://u:p@a/keyledger?tls=true",
    "'mongodb://a:1,b:2/mine?x=/y', 'mongodb://a:1,b:2/mine?x=/y'"
  })
  void namesOurDatabaseWhereNoneIsNamed(String given, String expected) {
    assertThat(Wiring.withDatabase(given)).isEqualTo(expected);
  }
}
