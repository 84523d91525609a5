package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

class TokenDecodersTest {

  private static ReactiveJwtDecoder createWith(
      Consumer<OAuth2ResourceServerProperties.Jwt> change) {
    OAuth2ResourceServerProperties.Jwt settings = new OAuth2ResourceServerProperties().getJwt();
    settings.setIssuerUri("https://id.example.com");
    settings.setJwkSetUri("https://id.example.com/jwks");
    settings.setAudiences(List.of("keyledger"));
    change.accept(settings);
    return TokenDecoders.create(settings, new ManualClock());
  }

  @Test
  void asksNobodyAtStart() {
    assertThat(createWith(settings -> {})).isNotNull();
  }

  @Test
  void namesTheSettingThatIsMissing() {
    assertRefused(settings -> settings.setIssuerUri(""), "issuer-uri");
    assertRefused(settings -> settings.setJwkSetUri(""), "jwk-set-uri");
    assertRefused(settings -> settings.setAudiences(List.of()), "audiences");
    assertRefused(settings -> settings.setJwsAlgorithms(List.of()), "jws-algorithms");
  }

  @Test
  void takesNoAlgorithmWithASharedSecret() {
    assertRefused(
        settings -> settings.setJwsAlgorithms(List.of("RS256", "HS256")), "jws-algorithms");
    assertRefused(settings -> settings.setJwsAlgorithms(List.of("none")), "jws-algorithms");
  }

  private static void assertRefused(
      Consumer<OAuth2ResourceServerProperties.Jwt> change, String setting) {
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> createWith(change))
        .extracting(InvalidConfigurationPropertyValueException::getName)
        .asString()
        .endsWith(setting);
  }
}
