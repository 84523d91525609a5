package dev.keyledger.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals as {@code application/problem+json} (RFC 9457). */
final class Problems {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Problems() {}

  static Mono<Void> write(ServerHttpResponse response, Refusal refusal) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("title", refusal.title());
    problem.put("status", refusal.status().value());
    problem.put("code", refusal.code());
    response.setStatusCode(refusal.status());
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.setCacheControl("no-store");
    if (refusal.status() == HttpStatus.UNAUTHORIZED) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Signature");
    }
    Duration retryAfter = refusal.retryAfter();
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(wholeSeconds(retryAfter)));
    }
    byte[] body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
    DataBuffer buffer = response.bufferFactory().wrap(body);
    return response.writeWith(Mono.just(buffer));
  }

  /** Rounded up, and never zero: to come back too soon is in vain. */
  private static long wholeSeconds(Duration duration) {
    return Math.max(1, Math.ceilDiv(duration.toMillis(), 1000L));
  }
}
