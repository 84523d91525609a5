package dev.keyledger.http.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Ends a request with a problem. Everything in it is shown to the caller, so it must not hold what
 * the caller should not see; the detail must not quote the request.
 */
public final class ProblemException extends RuntimeException {
  private final ProblemType type;
  private final String detail;
  private final transient Map<String, Object> extensions = new LinkedHashMap<>();
  private final transient HttpHeaders headers = new HttpHeaders();

  /** A problem with the usual words of its type. */
  public ProblemException(ProblemType type) {
    this(type, type.explanation());
  }

  /** A problem with words of its own on this occurrence. */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /** A problem with a cause, which is not shown to the caller. */
  public ProblemException(ProblemType type, Throwable cause) {
    this(type, type.explanation(), cause);
  }

  private ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
    // It is an answer, not a fault: no stack trace.
    super(type.code(), cause, false, false);
    this.type = type;
    this.detail = detail;
  }

  /** Adds an extension member (RFC 9457 section 3.2), for example {@code attemptsLeft}. */
  public ProblemException with(String member, Object value) {
    extensions.put(member, value);
    return this;
  }

  /** Adds a header to the answer. */
  public ProblemException withHeader(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** Tells when to try again (RFC 9110 section 10.2.3): whole seconds, rounded up, at least 1. */
  public ProblemException retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return this;
  }

  public ProblemType type() {
    return type;
  }

  public HttpHeaders headers() {
    return headers;
  }

  /** The members of the answer's JSON, in the order of RFC 9457 section 3.1. */
  public Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type.path());
    body.put("title", type.title());
    body.put("status", type.status().value());
    body.put("detail", detail);
    body.put("code", type.code());
    body.putAll(extensions);
    return Collections.unmodifiableMap(body);
  }
}
