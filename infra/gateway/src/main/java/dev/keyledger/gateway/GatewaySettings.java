package dev.keyledger.gateway;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway may set.
 *
 * @param verifier where Keyledger's query side is, such as {@code http://query-side:8081}
 * @param publicUri scheme and authority that clients send to and sign, such as {@code
 *     https://api.example.com}; where it is set, a request that was signed for another host is
 *     refused, and a proxy in front may end TLS. Null: as the request itself says
 * @param timeout how long Keyledger may take; then the request is answered with 503
 * @param maxBody bytes of a request's body that are kept in memory for its digest to be checked; a
 *     longer one is answered with 413. In Base64, with headers, it must fit what Keyledger takes
 * @param headers names of the headers that tell the backend whose the request is
 */
public record GatewaySettings(
    URI verifier, @Nullable URI publicUri, Duration timeout, int maxBody, Headers headers) {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int MAX_BODY = 32 * 1024;

  /** Settings that suit most. */
  public static GatewaySettings of(URI verifier) {
    return new GatewaySettings(verifier, null, TIMEOUT, MAX_BODY, Headers.DEFAULT);
  }

  /** The same with another {@link #publicUri}. */
  public GatewaySettings withPublicUri(URI uri) {
    return new GatewaySettings(verifier, uri, timeout, maxBody, headers);
  }

  /** The same with another {@link #timeout}. */
  public GatewaySettings withTimeout(Duration other) {
    return new GatewaySettings(verifier, publicUri, other, maxBody, headers);
  }

  /** The same with another {@link #maxBody}. */
  public GatewaySettings withMaxBody(int bytes) {
    return new GatewaySettings(verifier, publicUri, timeout, bytes, headers);
  }

  /** The same with other {@link #headers}. */
  public GatewaySettings withHeaders(Headers others) {
    return new GatewaySettings(verifier, publicUri, timeout, maxBody, others);
  }

  /**
   * Names of headers towards the backend. Whatever a client sends under them is removed from every
   * request. What is not visible ASCII in a value, and the percent sign, is percent-encoded.
   *
   * @param account the account id
   * @param key the public API key
   * @param permissions separated by commas
   */
  public record Headers(String account, String key, String permissions) {
    static final Headers DEFAULT =
        new Headers("Keyledger-Account", "Keyledger-Key", "Keyledger-Permissions");
  }
}
