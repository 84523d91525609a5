package dev.keyledger.http.security;

import dev.keyledger.http.HttpProperties;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import reactor.core.publisher.Mono;

/** An OAuth 2 resource server without state: what is not opened here is closed. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
public class SecurityConfiguration {
  private static final String[] OPEN = {
    "/actuator/health/**", "/actuator/prometheus", "/openapi.json", "/problems/**", "/schemas/**"
  };

  @Bean
  CachingJwtDecoder jwtDecoder(OAuth2ResourceServerProperties settings) {
    Clock clock = Clock.systemUTC();
    return new CachingJwtDecoder(TokenDecoders.create(settings.getJwt(), clock), clock);
  }

  @Bean
  KnownCallers knownCallers(CachingJwtDecoder decoder) {
    return new KnownCallers(decoder);
  }

  @Bean
  SecurityWebFilterChain securityFilterChain(
      ServerHttpSecurity http,
      ReactiveJwtDecoder decoder,
      AccessRules access,
      HttpProperties properties) {
    List<String> origins = properties.cors().allowedOrigins();
    if (!origins.isEmpty()) {
      http.addFilterAt(Cors.filter(origins), SecurityWebFiltersOrder.CORS);
    }
    ServerAuthenticationEntryPoint refuse =
        (exchange, reason) -> Mono.error(BearerChallenge.unauthenticated(reason));
    return http.csrf(CsrfSpec::disable)
        .formLogin(FormLoginSpec::disable)
        .httpBasic(HttpBasicSpec::disable)
        .logout(LogoutSpec::disable)
        .requestCache(RequestCacheSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .headers(headers ->
            headers
                .frameOptions(frame -> frame.mode(Mode.DENY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .contentSecurityPolicy(policy -> policy.policyDirectives(SecurityHeaders.POLICY)))
        .exceptionHandling(errors -> errors.authenticationEntryPoint(refuse))
        .oauth2ResourceServer(server ->
            server
                .bearerTokenConverter(new BearerTokens())
                .authenticationEntryPoint(refuse)
                .jwt(jwt ->
                    jwt.jwtDecoder(decoder)
                        .jwtAuthenticationConverter(AccountAuthentication.converter())))
        .authorizeExchange(exchange -> {
          // They are tried one after another, so what is called most comes first.
          access
              .rules()
              .forEach(
                  rule -> exchange.pathMatchers(rule.pattern()).access(Access.by(rule.scopes())));
          exchange.pathMatchers("/v1/**").access(Access.nothingForCallers());
          exchange.pathMatchers(OPEN).permitAll();
          exchange.anyExchange().access(Access.nothing());
        })
        .build();
  }

  @Bean
  ServerWebExchangeFirewall firewall() {
    return Firewall.create();
  }

  /** Sends what the firewall rejects the way of every other error. */
  @Bean
  ServerExchangeRejectedHandler rejectedHandler() {
    return (exchange, rejected) -> Mono.error(rejected);
  }

  /** One observation per request is enough. */
  @Bean
  SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }
}
