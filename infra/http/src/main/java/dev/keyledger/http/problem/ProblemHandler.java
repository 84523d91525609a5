package dev.keyledger.http.problem;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every error with {@code application/problem+json} (RFC 9457), whatever the client says it
 * accepts, and with nothing from the inside of the service.
 */
@Order(-2)
public final class ProblemHandler implements ErrorWebExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  /**
   * Brings a request's trace to the thread that logs about it: here only, since to carry it from
   * operator to operator costs every request a good part of its time.
   */
  private static final ContextSnapshotFactory TRACES = ContextSnapshotFactory.builder().build();

  private final JsonMapper json;

  public ProblemHandler(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    if (exchange.getResponse().isCommitted()
        || DisconnectedClientHelper.isClientDisconnectedException(error)) {
      return Mono.error(error);
    }
    ProblemException problem = ProblemTranslator.translate(error);
    return Mono.deferContextual(request -> {
      try (ContextSnapshot.Scope _ = TRACES.setThreadLocalsFrom(request)) {
        report(exchange, problem, error);
      }
      return write(exchange.getResponse(), problem);
    });
  }

  private static void report(
      ServerWebExchange exchange, ProblemException problem, Throwable error) {
    if (problem.type() == ProblemType.INTERNAL_ERROR) {
      log.error("{} failed", describe(exchange), error);
    } else if (problem.type() == ProblemType.UNAVAILABLE) {
      log.warn("{} can't be served: {}", describe(exchange), rootCause(error).toString());
    }
  }

  private Mono<Void> write(ServerHttpResponse response, ProblemException problem) {
    response.setStatusCode(problem.type().status());
    HttpHeaders headers = response.getHeaders();
    headers.remove(HttpHeaders.ETAG);
    headers.remove(HttpHeaders.CONTENT_LENGTH);
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.setCacheControl("no-store");
    headers.putAll(problem.headers());
    byte[] body = json.writeValueAsBytes(problem.body());
    return response.writeWith(
        Mono.fromSupplier(() -> {
          DataBuffer buffer = response.bufferFactory().wrap(body);
          headers.setContentLength(body.length);
          return buffer;
        }));
  }

  /** Method and pattern of the path; the path itself only where no pattern fits. */
  private static String describe(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return request.getMethod() + " " + (pattern != null ? pattern : request.getPath());
  }

  private static Throwable rootCause(Throwable error) {
    Throwable at = error;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
