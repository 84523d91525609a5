package dev.keyledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchedKeysTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"publicApiKey\":\"a\",\"label\":\"kl_pub_b\"} | a",
        "{\"publicApiKey\":\"a\",\"newPublicApiKey\":\"b\"} | a b",
        "{\"publicApiKeys\":[\"a\",\"b\",\"a\"]} | a b",
        "{\"operation\":{\"type\":\"delete-key\",\"publicApiKey\":\"a\"}} | a",
        "{\"publicApiKey\":7} | ''",
        "{\"publicApiKey\":\"a\",\"x\": | ''",
        "[] | ''",
      })
  void areThoseInFieldsOfKeys(String value, String keys) {
    assertThat(TouchedKeys.of(value.getBytes(UTF_8)))
        .isEqualTo(keys.isEmpty() ? List.of() : List.of(keys.split(" ")));
  }
}
