package dev.keyledger.http.security;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import reactor.core.publisher.Mono;

/**
 * A verified token, boiled down to the account, its scopes and its end; the token itself is let go.
 */
final class AccountAuthentication extends AbstractAuthenticationToken {
  private static final JwtGrantedAuthoritiesConverter SCOPES = new JwtGrantedAuthoritiesConverter();

  private final transient Account account;
  private final Instant expiresAt;

  private AccountAuthentication(
      Account account, Collection<GrantedAuthority> scopes, Instant expiresAt) {
    super(scopes);
    this.account = account;
    this.expiresAt = expiresAt;
    setAuthenticated(true);
  }

  /** Reads a verified token. */
  static Converter<Jwt, Mono<AccountAuthentication>> converter() {
    return jwt -> Mono.just(of(jwt));
  }

  static AccountAuthentication of(Jwt jwt) {
    String accountId = Objects.requireNonNull(jwt.getSubject());
    return new AccountAuthentication(
        new Account(accountId, VerifiedEmail.of(jwt)),
        SCOPES.convert(jwt),
        Objects.requireNonNull(jwt.getExpiresAt()));
  }

  @Override
  public Account getPrincipal() {
    return account;
  }

  /** The first instant at which the token is no longer good. */
  Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }
}
