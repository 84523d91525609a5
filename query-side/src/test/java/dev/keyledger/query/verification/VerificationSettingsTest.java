package dev.keyledger.query.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.query.verification.VerificationSettings.Guard;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings and what they may be. */
class VerificationSettingsTest {
  private static final String PREFIX = "keyledger.verification";

  @Test
  void theDefaultsAreTheContracts() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new VerificationSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Guard.LOCAL,
                1_000_000,
                Duration.ofSeconds(2),
                false,
                Duration.ofSeconds(5),
                null));
    assertThat(bind(Map.of()).lifetime()).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void theGuardIsNamedInLowerCase() {
    assertThat(bind(Map.of("replay-guard", "shared")).replayGuard()).isEqualTo(Guard.SHARED);
    assertThat(bind(Map.of("replay-guard", "off")).replayGuard()).isEqualTo(Guard.OFF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://keys.example.com", "HTTP://127.0.0.1:8081", "https://[2001:db8::1]:8443"})
  void thePublicUriIsASchemeAndAnAuthority(String uri) {
    assertThat(bind(Map.of("public-uri", uri)).publicUri()).isEqualTo(URI.create(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "window, 0s",
    "window, -1s",
    "future-skew, -1s",
    "max-nonces, 0",
    "max-staleness, 0s",
    "usage-interval, 0s",
    "public-uri, keys.example.com",
    "public-uri, //keys.example.com",
    "public-uri, ftp://keys.example.com",
    "public-uri, https:keys.example.com",
    "public-uri, https://me@keys.example.com",
    "public-uri, https://keys.example.com/",
    "public-uri, https://keys.example.com/keys",
    "public-uri, https://keys.example.com?a",
    "public-uri, https://keys.example.com#a",
    "replay-guard, none"
  })
  void whatMakesNoSenseIsRefused(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of(name, value)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining(PREFIX);
  }

  private static VerificationSettings bind(Map<String, String> settings) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    settings.forEach((name, value) -> source.put(PREFIX + "." + name, value));
    return new Binder(source).bindOrCreate(PREFIX, VerificationSettings.class);
  }
}
