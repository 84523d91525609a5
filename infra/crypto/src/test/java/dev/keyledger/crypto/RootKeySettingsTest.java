package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Root keys as they are set, in either service. */
class RootKeySettingsTest {

  @Test
  void areBoundByTheirNames() {
    RootKeySettings settings =
        bound(
            Map.of(
                "keyledger.root-keys.current", "b",
                "keyledger.root-keys.keys.a", Keys.counted(0),
                "keyledger.root-keys.keys.b", Keys.counted(1)));

    assertThat(settings.rootKeys().current()).isEqualTo("b");
    assertThat(settings.rootKeys().ids()).containsExactly("a", "b");
  }

  @Test
  void withoutAnyNothingStarts() {
    RootKeySettings settings = bound(Map.of());

    assertThatThrownBy(settings::rootKeys)
        .isInstanceOf(InvalidRootKeysException.class)
        .hasMessageStartingWith("No root key is configured");
  }

  @Test
  void printNoKey() {
    assertThat(new RootKeySettings("a", Map.of("a", Keys.counted(0))))
        .hasToString("RootKeySettings[current=a, ids=[a]]");
  }

  private static RootKeySettings bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("keyledger.root-keys", Bindable.of(RootKeySettings.class));
  }
}
