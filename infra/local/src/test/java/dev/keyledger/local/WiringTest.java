package dev.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {
  /** The key and its verifier's form are those of {@code docs/log.md}, but for the name. */
  @Test
  void queryVerifiesWithThePublicHalfOfTheLogsKey() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }

    String local = Base64.getEncoder().encodeToString(key);
    assertThat(Wiring.verifierKey(settings(Map.of()), local))
        .startsWith("keyledger.local/log+")
        .endsWith("+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
    String other = Base64.getEncoder().encodeToString(new byte[32]);
    assertThat(
            Wiring.verifierKey(
                settings(Map.of("KEYLEDGER_LOG_ORIGIN", "mine", "KEYLEDGER_LOG_KEY", local)),
                other))
        .startsWith("mine+")
        .endsWith("+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
  }

  private static Settings settings(Map<String, String> environment) {
    return new Settings(
        Path.of("."), Path.of("."), new EnumMap<>(Port.class), Optional.empty(), environment);
  }

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
