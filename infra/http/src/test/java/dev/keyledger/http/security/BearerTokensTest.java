package dev.keyledger.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import reactor.core.publisher.Mono;

/** The same answer as Spring Security's, whatever the header. */
class BearerTokensTest {
  private final ServerAuthenticationConverter theirs =
      new ServerBearerTokenAuthenticationConverter();

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer  a",
        "Bearera",
        "bearer aA0-_.z",
        "Bearer aA0-_.z",
        "Bearer a+b/c~d==",
        "Bearer a=b",
        "Bearer a b",
        "Basic YTpi"
      })
  void answersAsSpringSecurity(@Nullable String header) {
    assertThat(answer(new BearerTokens(), header)).isEqualTo(answer(theirs, header));
  }

  @ParameterizedTest
  @MethodSource("characters")
  void answersAsSpringSecurityOnEveryCharacter(char c) {
    String header = "Bearer a" + c + "b";
    assertThat(answer(new BearerTokens(), header)).isEqualTo(answer(theirs, header));
  }

  static char[] characters() {
    char[] all = new char[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) i;
    }
    return all;
  }

  private static String answer(ServerAuthenticationConverter converter, @Nullable String header) {
    MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/");
    if (header != null) {
      request.header("Authorization", header);
    }
    MockServerWebExchange exchange = MockServerWebExchange.from(request);
    return converter
        .convert(exchange)
        .map(Authentication::getPrincipal)
        .map(Object::toString)
        .onErrorResume(
            OAuth2AuthenticationException.class,
            refused -> Mono.just("refused: " + refused.getError()))
        .blockOptional()
        .orElse("none");
  }
}
