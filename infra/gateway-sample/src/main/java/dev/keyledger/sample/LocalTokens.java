package dev.keyledger.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Tokens from the local platform, each used until shortly before it expires. Elsewhere the
 * exchange's identity provider gives them, for example through Spring Security's OAuth 2 client.
 */
final class LocalTokens implements Supplier<Mono<String>> {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Mono<String> token;

  LocalTokens(URI tokenUri) {
    this.token =
        WebClient.create()
            .post()
            .uri(tokenUri)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(Map.of("sub", "sample-exchange", "scope", "keys:verify"))
            .retrieve()
            .bodyToMono(Token.class)
            .cacheInvalidateWhen(issued -> Mono.delay(issued.usableFor()).then())
            .map(Token::accessToken);
  }

  @Override
  public Mono<String> get() {
    return token;
  }

  private record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_in") long expiresIn) {

    Duration usableFor() {
      Duration usable = Duration.ofSeconds(expiresIn).minus(MARGIN);
      return usable.isPositive() ? usable : Duration.ZERO;
    }
  }
}
