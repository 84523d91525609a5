package dev.keyledger.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A secret text shows itself only where it is asked to. */
class SecretTextTest {

  @Test
  void printsAsNothing() {
    assertThat(SecretText.of("12345678")).hasToString("[hidden]");
  }

  @Test
  void matchesItsEqualOnly() {
    assertThat(SecretText.of("12345678").matches(SecretText.of("12345678"))).isTrue();
    assertThat(SecretText.of("12345678").matches(SecretText.of("12345679"))).isFalse();
    assertThat(SecretText.of("12345678").matches(SecretText.of("1234567"))).isFalse();
    assertThat(SecretText.of("12345678").matches(SecretText.of(""))).isFalse();
  }
}
