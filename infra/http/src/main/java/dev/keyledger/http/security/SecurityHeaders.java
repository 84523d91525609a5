package dev.keyledger.http.security;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * The headers that Spring Security adds to every answer, for those answers that it does not see.
 */
public final class SecurityHeaders {
  static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  /**
   * Adds them in Spring Security's order. What an answer says itself of caching counts more.
   *
   * @param scheme of the request; only {@code https} can be insisted on
   */
  public static void addTo(HttpHeaders headers, int status, String scheme) {
    if (status != HttpResponseStatus.NOT_MODIFIED.code()
        && !headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.add("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
      headers.add("Pragma", "no-cache");
      headers.add("Expires", "0");
    }
    headers.add("X-Content-Type-Options", "nosniff");
    if (scheme.equals("https")) {
      headers.add("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
    }
    headers.add("X-Frame-Options", "DENY");
    headers.add("X-XSS-Protection", "0");
    headers.add("Content-Security-Policy", POLICY);
    headers.add("Referrer-Policy", "no-referrer");
  }
}
