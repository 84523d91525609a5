package dev.keyledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** What a deployment has to say itself: with a default, one that forgot it would run. */
class NoDefaultsTest {
  private static final String TOKENS = "spring.security.oauth2.resourceserver.jwt.";

  @ParameterizedTest
  @ValueSource(strings = {TOKENS + "issuer-uri", TOKENS + "jwk-set-uri"})
  void nobodysTokensAreGoodUntilItIsSaidWhose(String name) throws IOException {
    List<PropertySource<?>> sources =
        new YamlPropertySourceLoader()
            .load("application", new ClassPathResource("application.yaml"));

    assertThat(sources).isNotEmpty().noneMatch(source -> source.containsProperty(name));
  }
}
