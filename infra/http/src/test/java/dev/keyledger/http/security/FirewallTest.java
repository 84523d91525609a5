package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

class FirewallTest {

  @ParameterizedTest
  @MethodSource("rules")
  void decidesAsTheRuleDoesOnEveryCharacter(Predicate<String> rule) {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = "Bearer " + Character.toString(c) + ".x";
      assertThat(Firewall.sooner(rule).test(text)).as("U+%04X", c).isEqualTo(rule.test(text));
    }
    assertThat(Firewall.sooner(rule).test("")).isEqualTo(rule.test(""));
  }

  static Stream<Predicate<String>> rules() {
    return Stream.of(
        StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES,
        StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES);
  }
}
