package dev.keyledger.http.security;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/** Lets web pages of chosen origins call the API (Fetch standard, CORS protocol). */
final class Cors {
  private static final Duration MAX_AGE = Duration.ofHours(1);

  /** Where a stream goes on (HTML Standard, Server-sent events). */
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private Cors() {}

  static CorsWebFilter filter(List<String> allowedOrigins) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(allowedOrigins);
    cors.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE"));
    cors.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_NONE_MATCH,
            LAST_EVENT_ID,
            PositionHeaders.MIN_POSITION));
    cors.setExposedHeaders(
        List.of(
            HttpHeaders.ETAG,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE,
            PositionHeaders.POSITION,
            PositionHeaders.STALE));
    cors.setMaxAge(MAX_AGE);
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/v1/**", cors);
    return new CorsWebFilter(source, new Processor());
  }

  private static final class Processor extends DefaultCorsProcessor {
    @Override
    protected void rejectRequest(ServerHttpResponse response) {
      throw new ProblemException(ProblemType.ORIGIN_NOT_ALLOWED);
    }
  }
}
