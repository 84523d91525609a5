package dev.keyledger.gateway;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Asks Keyledger's query side, each time anew. */
final class Verifier {
  private final WebClient client;
  private final Duration timeout;
  private final Supplier<Mono<String>> tokens;

  Verifier(GatewaySettings settings, Supplier<Mono<String>> tokens) {
    this.client = WebClient.create(settings.verifier().toString());
    this.timeout = settings.timeout();
    this.tokens = tokens;
  }

  /** The answer, or {@link VerifierUnavailableException} if there is none that counts. */
  Mono<Verdict> ask(Question question) {
    return Mono.defer(tokens)
        .flatMap(token -> ask(question, token))
        .switchIfEmpty(
            Mono.error(
                () -> new VerifierUnavailableException("There is no token or answer.", null)))
        .timeout(timeout)
        .onErrorMap(
            e -> !(e instanceof VerifierUnavailableException),
            e -> new VerifierUnavailableException("Keyledger could not be asked: " + e, e));
  }

  private Mono<Verdict> ask(Question question, String token) {
    return client
        .post()
        .uri("/v1/verifications")
        .headers(headers -> headers.setBearerAuth(token))
        .contentType(MediaType.APPLICATION_JSON)
        .accept(MediaType.APPLICATION_JSON)
        .bodyValue(question)
        .exchangeToMono(Verifier::read);
  }

  private static Mono<Verdict> read(ClientResponse response) {
    HttpStatus status = HttpStatus.resolve(response.statusCode().value());
    if (status == HttpStatus.OK) {
      return response.bodyToMono(Answer.class).map(Answer::verdict);
    }
    Mono<Verdict> verdict =
        switch (status) {
          case BAD_REQUEST -> Mono.just(new Verdict.Refused(Refusal.MALFORMED));
          case CONTENT_TOO_LARGE -> Mono.just(new Verdict.Refused(Refusal.TOO_LARGE));
          case null, default ->
              Mono.error(
                  new VerifierUnavailableException(
                      "Keyledger answered " + response.statusCode().value() + ".", null));
        };
    return response.releaseBody().then(verdict);
  }

  private record Answer(
      @Nullable Boolean valid,
      @Nullable String accountId,
      @Nullable String publicApiKey,
      @Nullable String label,
      @Nullable List<String> permissions,
      @Nullable Long position,
      @Nullable String reason,
      @Nullable Long retryAfterMs) {

    Verdict verdict() {
      if (Boolean.FALSE.equals(valid) && reason != null) {
        return new Verdict.Refused(Refusal.because(reason, retryAfterMs));
      }
      if (Boolean.TRUE.equals(valid)
          && accountId != null
          && publicApiKey != null
          && label != null
          && permissions != null
          && position != null) {
        return new Verdict.Accepted(
            new ApiCaller(accountId, publicApiKey, label, List.copyOf(permissions), position));
      }
      throw new VerifierUnavailableException("Keyledger's answer is incomplete.", null);
    }
  }
}
