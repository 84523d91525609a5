package dev.keyledger.gateway;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An answer that ends a request, as problem details (RFC 9457).
 *
 * @param code why, in a word: Keyledger's reason, or one of the gateway's own
 * @param retryAfter when trying again may help
 */
record Refusal(HttpStatus status, String code, String title, @Nullable Duration retryAfter) {
  private static final Set<String> FORBIDDEN = Set.of("permission-missing", "ip-not-trusted");
  private static final String RATE_LIMITED = "rate-limited";

  static final Refusal UNAVAILABLE =
      new Refusal(
          HttpStatus.SERVICE_UNAVAILABLE,
          "verification-unavailable",
          "Signatures can't be verified at the moment",
          Duration.ofSeconds(1));
  static final Refusal TOO_LARGE =
      new Refusal(HttpStatus.CONTENT_TOO_LARGE, "content-too-large", "The body is too long", null);
  static final Refusal MALFORMED =
      new Refusal(
          HttpStatus.BAD_REQUEST, "malformed-request", "The request can't be verified", null);

  /** What a client is told where the verifier gave this reason; one that is new is a 401 too. */
  static Refusal because(String reason, @Nullable Long retryAfterMs) {
    if (reason.equals(RATE_LIMITED)) {
      long millis = retryAfterMs == null ? 1000 : retryAfterMs;
      return new Refusal(
          HttpStatus.TOO_MANY_REQUESTS,
          reason,
          "The key's rate limit is used up",
          Duration.ofMillis(millis));
    }
    return FORBIDDEN.contains(reason)
        ? new Refusal(HttpStatus.FORBIDDEN, reason, "The key may not do this", null)
        : new Refusal(HttpStatus.UNAUTHORIZED, reason, "The request is not rightly signed", null);
  }
}
