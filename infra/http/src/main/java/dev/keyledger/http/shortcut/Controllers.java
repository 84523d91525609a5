package dev.keyledger.http.shortcut;

import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Calls controllers, but not for a request that failed on the short way after it had an effect:
 * what it came to there is what comes of it.
 */
final class Controllers extends RequestMappingHandlerAdapter {
  /** The key in the context of such a request; the value is a {@link Throwable}. */
  static final Object FAILURE = Controllers.class;

  @Override
  public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
    Mono<HandlerResult> call = super.handle(exchange, handler);
    return Mono.deferContextual(request -> {
      Throwable failure = request.getOrDefault(FAILURE, null);
      return failure == null ? call : Mono.error(failure);
    });
  }
}
