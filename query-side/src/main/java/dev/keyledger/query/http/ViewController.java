package dev.keyledger.query.http;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.security.Account;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What callers can ask about their own key ring (contract section 5). */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class ViewController {
  private final ViewAnswers answers;
  private final Clock clock;

  ViewController(ViewAnswers answers, Clock clock) {
    this.answers = answers;
    this.clock = clock;
  }

  @GetMapping("/keys")
  Mono<ResponseEntity<byte[]>> keys(
      @AuthenticationPrincipal Account caller, ServerHttpRequest request) {
    return answers.answer(caller, request, view -> KeyListAnswer.of(view, clock.instant()));
  }

  @GetMapping("/keys/{publicApiKey}")
  Mono<ResponseEntity<byte[]>> key(
      @AuthenticationPrincipal Account caller,
      @PathVariable String publicApiKey,
      ServerHttpRequest request) {
    return answers.answer(
        caller,
        request,
        view ->
            view.key(publicApiKey)
                .map(key -> KeyAnswer.of(key, clock.instant()))
                .orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_KEY)));
  }

  @GetMapping("/account")
  Mono<ResponseEntity<byte[]>> account(
      @AuthenticationPrincipal Account caller, ServerHttpRequest request) {
    return answers.answer(caller, request, AccountAnswer::of);
  }
}
