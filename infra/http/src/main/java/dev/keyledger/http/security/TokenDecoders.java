package dev.keyledger.http.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Checks tokens against what is configured and nothing that they say themselves: issuer, audience,
 * algorithm and where the keys are (RFC 8725 sections 3.1 and 3.8 to 3.10). Nothing is asked for at
 * start-up.
 */
final class TokenDecoders {
  private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private TokenDecoders() {}

  static ReactiveJwtDecoder create(OAuth2ResourceServerProperties.Jwt settings, Clock clock) {
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor(settings, clock));
    decoder.setJwtValidator(validator(settings, clock));
    // Checking a signature takes a while and may fetch keys, so it stays off the event loop.
    return token ->
        Mono.fromCallable(() -> decoder.decode(token)).subscribeOn(Schedulers.boundedElastic());
  }

  private static DefaultJWTProcessor<SecurityContext> processor(
      OAuth2ResourceServerProperties.Jwt settings, Clock clock) {
    URI keys = URI.create(required(settings.getJwkSetUri(), "jwk-set-uri"));
    Set<JWSAlgorithm> algorithms =
        required(settings.getJwsAlgorithms(), "jws-algorithms").stream()
            .map(JWSAlgorithm::parse)
            .collect(Collectors.toUnmodifiableSet());
    if (!JWSAlgorithm.Family.SIGNATURE.containsAll(algorithms)) {
      throw new InvalidConfigurationPropertyValueException(
          PREFIX + "jws-algorithms", algorithms, "It may name public-key signatures only.");
    }
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithms, new JwkSets(keys, clock)));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            // Access tokens, which may be told of in either form (RFC 9068 section 4).
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    // The claims are checked by the validator below, against the same clock as everything else.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    return processor;
  }

  private static OAuth2TokenValidator<Jwt> validator(
      OAuth2ResourceServerProperties.Jwt settings, Clock clock) {
    JwtTimestampValidator timestamps = new JwtTimestampValidator(CLOCK_SKEW);
    timestamps.setAllowEmptyExpiryClaim(false);
    timestamps.setClock(clock);
    List<String> audiences = required(settings.getAudiences(), "audiences");
    return new DelegatingOAuth2TokenValidator<>(
        timestamps,
        new JwtIssuerValidator(required(settings.getIssuerUri(), "issuer-uri")),
        new JwtClaimValidator<List<String>>(
            JwtClaimNames.AUD, aud -> aud != null && aud.stream().anyMatch(audiences::contains)),
        new SubjectValidator());
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw missing(name);
    }
    return value;
  }

  private static List<String> required(@Nullable List<String> values, String name) {
    if (values == null || values.isEmpty()) {
      throw missing(name);
    }
    return List.copyOf(values);
  }

  /** Spring Boot knows how to say this in one sentence. */
  private static RuntimeException missing(String name) {
    return new InvalidConfigurationPropertyValueException(
        PREFIX + name, null, "It must be set: no token can be checked without it.");
  }
}
