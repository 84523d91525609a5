package dev.keyledger.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Puts into words what is asked about a request. */
final class Questions {
  private static final Set<String> ALWAYS =
      Set.of("signature", "signature-input", "content-digest");

  private final @Nullable URI publicUri;

  Questions(@Nullable URI publicUri) {
    this.publicUri = publicUri;
  }

  Question about(ServerHttpRequest request, Permission permission, byte[] body) {
    return new Question(
        permission.publicName(),
        sourceIp(request),
        new Question.Request(
            request.getMethod().name(),
            target(request.getURI()),
            signed(request),
            body.length == 0 ? null : Base64.getEncoder().encodeToString(body)));
  }

  /** The other end of the connection, or what a trusted proxy said if the gateway asks for that. */
  private static String sourceIp(ServerHttpRequest request) {
    InetSocketAddress remote = request.getRemoteAddress();
    if (remote == null || remote.getAddress() == null) {
      throw new VerifierUnavailableException("The source address is unknown.", null);
    }
    String address = remote.getAddress().getHostAddress();
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private String target(URI uri) {
    if (publicUri == null) {
      return uri.toString();
    }
    String query = uri.getRawQuery();
    return publicUri.getScheme()
        + "://"
        + publicUri.getRawAuthority()
        + uri.getRawPath()
        + (query == null ? "" : "?" + query);
  }

  /** Only headers that were signed: others, with cookies and tokens, are nobody else's business. */
  private static Map<String, List<String>> signed(ServerHttpRequest request) {
    String input = String.join(",", request.getHeaders().getOrEmpty("Signature-Input"));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .getHeaders()
        .forEach((name, values) -> {
          String lowerCase = name.toLowerCase(Locale.ROOT);
          if (ALWAYS.contains(lowerCase) || input.contains("\"" + lowerCase + "\"")) {
            headers.put(lowerCase, values);
          }
        });
    return headers;
  }
}
