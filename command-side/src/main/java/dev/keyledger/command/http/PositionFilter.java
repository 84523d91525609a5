package dev.keyledger.command.http;

import dev.keyledger.command.store.KeyRings;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemTranslator;
import dev.keyledger.http.security.Account;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Adds the position to those answers that never got to the key ring: a body that can't be read, or
 * is too large, a token without an address or a scope (contract section 4: every answer carries
 * it).
 */
final class PositionFilter implements WebFilter, Ordered {
  private final KeyRings keyRings;

  PositionFilter(KeyRings keyRings) {
    this.keyRings = keyRings;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return chain.filter(exchange).onErrorResume(error -> withPosition(exchange, error));
  }

  private Mono<Void> withPosition(ServerWebExchange exchange, Throwable error) {
    ProblemException problem = ProblemTranslator.translate(error);
    if (!problem.type().status().is4xxClientError()
        || problem.headers().containsHeader(PositionHeaders.POSITION)) {
      return Mono.error(error);
    }
    return Mono.justOrEmpty(Account.of(exchange))
        .publishOn(Schedulers.boundedElastic())
        .map(account -> keyRings.position(account.accountId()))
        .doOnNext(at -> problem.withHeader(PositionHeaders.POSITION, Long.toString(at)))
        .onErrorComplete()
        .then(Mono.error(problem));
  }

  /** Around everything that may refuse a call, security with its filters at -100 included. */
  @Override
  public int getOrder() {
    return -101;
  }
}
