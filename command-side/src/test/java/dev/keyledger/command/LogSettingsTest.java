package dev.keyledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.testkit.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSettingsTest {
  private static final String ORIGIN = TestPlatform.LOG_ORIGIN;
  private static final String KEY = TestPlatform.LOG_KEY;

  @Test
  void theOriginNamesTheKey() {
    assertThat(new LogSettings(ORIGIN, " " + KEY + "\n").signer().verifierKey())
        .hasToString(TestPlatform.LOG_VERIFIER_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "'', " + KEY + ", The log has no name: set keyledger.log.origin",
    "a b, " + KEY + ", 'keyledger.log.origin must have no space, plus or control character'",
    ORIGIN + ", '', No key of the log is configured: set keyledger.log.key",
    ORIGIN + ", '!', keyledger.log.key is not Base64",
    ORIGIN + ", c2hvcnQ=, keyledger.log.key has 5 bytes; it must have 32"
  })
  void whatIsWrongIsASentence(String origin, String key, String sentence) {
    assertThatThrownBy(() -> new LogSettings(origin, key))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void theKeyIsNotInTheText() {
    assertThat(new LogSettings(ORIGIN, KEY)).asString().contains(ORIGIN).doesNotContain(KEY);
  }
}
