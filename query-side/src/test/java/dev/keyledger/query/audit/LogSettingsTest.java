package dev.keyledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.tlog.VerifierKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LogSettingsTest {
  private static final VerifierKey PRESENT = TestLog.SIGNER.verifierKey();
  private static final VerifierKey OLDER = TestLog.signer(TestLog.ORIGIN, 2).verifierKey();

  @Test
  void takesTheKeyOfTheLogOrNone() {
    assertThat(bound(PRESENT.toString()).keys()).containsExactly(PRESENT);
    assertThat(bound(" ").keys()).isEmpty();
    assertThat(new LogSettings(null).keys()).isEmpty();
  }

  @Test
  void takesTheKeysThatWereReplacedBehindIt() {
    assertThat(bound(PRESENT + ", " + OLDER).keys()).containsExactly(PRESENT, OLDER);
  }

  @Test
  void saysThatAKeyIsNone() {
    assertThatThrownBy(() -> new LogSettings(List.of("keyledger.example/log")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("keyledger.log.verifier-key must be a verifier key");
  }

  @Test
  void takesKeysOfOneLogOnly() {
    String other = TestLog.signer("other.example/log", 1).verifierKey().toString();

    assertThatThrownBy(() -> new LogSettings(List.of(PRESENT.toString(), other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keys of one log");
  }

  private static LogSettings bound(String text) {
    return new Binder(
            new MapConfigurationPropertySource(Map.of("keyledger.log.verifier-key", text)))
        .bind("keyledger.log", LogSettings.class)
        .get();
  }
}
