package dev.keyledger.http.security;

import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Takes the bearer token from the header (RFC 6750 section 2.1). A token in its usual form is seen
 * at a glance; everything else is left to Spring Security, whose pattern costs more than the
 * token's remembered check.
 */
final class BearerTokens implements ServerAuthenticationConverter {
  private static final String PREFIX = "Bearer ";

  private final ServerAuthenticationConverter thorough =
      new ServerBearerTokenAuthenticationConverter();

  @Override
  public Mono<Authentication> convert(ServerWebExchange exchange) {
    String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    return header != null && isUsual(header)
        ? Mono.just(new BearerTokenAuthenticationToken(header.substring(PREFIX.length())))
        : thorough.convert(exchange);
  }

  /** The token of a header in its usual form. */
  static Optional<String> usual(String header) {
    return isUsual(header) ? Optional.of(header.substring(PREFIX.length())) : Optional.empty();
  }

  private static boolean isUsual(String header) {
    if (!header.startsWith(PREFIX) || header.length() == PREFIX.length()) {
      return false;
    }
    for (int i = PREFIX.length(); i < header.length(); i++) {
      if (!isOfJwt(header.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Characters of Base64url and the dots between (RFC 7515 section 3.1). */
  private static boolean isOfJwt(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
