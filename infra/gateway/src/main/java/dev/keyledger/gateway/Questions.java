package dev.keyledger.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Puts into words what is asked about a request. */
final class Questions {
  private static final Set<String> ALWAYS =
      Set.of("signature", "signature-input", "content-digest");

  /** The shape of an IP address: four decimal numbers, or something with colons. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}"
              + "|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,41}");

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
    if (remote == null) {
      throw unknownSource(null);
    }
    String address =
        (remote.isUnresolved() ? literal(remote.getHostString()) : remote.getAddress())
            .getHostAddress();
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  /**
   * An address from a proxy's header: Spring does not resolve it, and no name is looked up here.
   */
  private static InetAddress literal(String host) {
    String text =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    if (!LITERAL.matcher(text).matches()) {
      throw unknownSource(null);
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException none) {
      throw unknownSource(none);
    }
  }

  private static VerifierUnavailableException unknownSource(@Nullable Throwable cause) {
    return new VerifierUnavailableException("The source address is unknown.", cause);
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
