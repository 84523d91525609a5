package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator is told about root keys that can't be used, and what is never told. */
class RootKeysTest {

  @Test
  void saysWhatToSetWhereThereIsNone() {
    assertThatThrownBy(() -> new RootKeys("", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No root key is configured: set keyledger.root-keys.current to an id and"
                + " keyledger.root-keys.keys.<id> to 32 random bytes in Base64.");
  }

  @Test
  void saysWhichIdsThereAreWhereTheCurrentOneIsNot() {
    assertThatThrownBy(() -> new RootKeys("c", Map.of("a", Keys.counted(0), "b", Keys.counted(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keyledger.root-keys.current names 'c', but the configured ids are [a, b].");
  }

  @ParameterizedTest
  @CsvSource({
    "not-a-key!, Root key 'a' is not Base64.",
    "ключ, Root key 'a' is not Base64.",
    "'', Root key 'a' has 0 bytes; it must have 32.",
    "c2hvcnQ=, Root key 'a' has 5 bytes; it must have 32.",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g, Root key 'a' has 33 bytes; it must have 32.",
  })
  void saysInOneSentenceWhatIsWrongWithAKeyAndNeverQuotesIt(String key, String sentence) {
    assertThatThrownBy(() -> new RootKeys("a", Map.of("a", key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence)
        .hasNoCause()
        .satisfies(e ->
            assertThat(key.isEmpty() || !String.valueOf(e.getMessage()).contains(key)).isTrue());
  }

  @Test
  void takesAKeyWithALineBreakAfterIt() {
    assertThat(derived(new RootKeys("a", Map.of("a", Keys.counted(0) + "\n")), "a"))
        .isEqualTo(derived(Keys.root(), "a"));
  }

  @Test
  void derivesFromEachConfiguredKeyWhicheverIsCurrent() {
    Map<String, String> two = Map.of("a", Keys.counted(0), "b", Keys.counted(1));

    assertThat(derived(new RootKeys("b", two), "a")).isEqualTo(derived(Keys.root(), "a"));
    assertThat(derived(new RootKeys("b", two), "b")).isNotEqualTo(derived(Keys.root(), "a"));
  }

  @Test
  void saysWhichKeyIsMissingForAnOldSecret() {
    assertThatThrownBy(() -> derived(Keys.root(), "gone"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Root key 'gone' is not configured.");
  }

  private static String derived(RootKeys keys, String id) {
    return Base64.getEncoder().encodeToString(keys.derive(id, Purpose.API_SECRET, 32, "x"));
  }
}
