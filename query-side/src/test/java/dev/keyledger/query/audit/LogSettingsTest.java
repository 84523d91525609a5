package dev.keyledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LogSettingsTest {
  @Test
  void takesTheKeyOfTheLogOrNone() {
    String key = TestLog.SIGNER.verifierKey().toString();

    assertThat(new LogSettings(key).key()).contains(TestLog.SIGNER.verifierKey());
    assertThat(new LogSettings(null).key()).isEmpty();
    assertThat(new LogSettings(" ").key()).isEmpty();
  }

  @Test
  void saysThatAKeyIsNone() {
    assertThatThrownBy(() -> new LogSettings("keyledger.example/log"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("keyledger.log.verifier-key must be a verifier key");
  }
}
