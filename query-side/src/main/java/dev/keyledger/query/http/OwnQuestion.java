package dev.keyledger.query.http;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.verification.Question;
import dev.keyledger.query.verification.SourceAddress;
import dev.keyledger.signatures.SignedRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Makes a question of a signed call to this service itself. */
final class OwnQuestion {
  private static final byte[] NO_BODY = {};

  private OwnQuestion() {}

  /**
   * The question that a call asks. Nothing is waited for, since anybody may call.
   *
   * @param publicUri scheme and authority that clients sign; absent: as the request says
   * @throws ProblemException {@code malformed-request} if it does not come from an address
   */
  static Question of(ServerHttpRequest request, @Nullable URI publicUri) {
    Map<String, List<String>> headers = new HashMap<>();
    request.getHeaders().forEach(headers::put);
    return new Question(
        new SignedRequest(
            request.getMethod().name(), target(request.getURI(), publicUri), headers, NO_BODY),
        null,
        source(request)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The request does not come from an address.")),
        0);
  }

  private static URI target(URI seen, @Nullable URI publicUri) {
    if (publicUri == null) {
      return seen;
    }
    String query = seen.getRawQuery();
    return URI.create(publicUri + seen.getRawPath() + (query == null ? "" : "?" + query));
  }

  /**
   * The address is that of the connection: what headers say of it is anybody's. Only where the
   * service was told to believe a proxy ({@code server.forward-headers-strategy}) is it the text
   * that the proxy sent, with an IPv6 address in brackets.
   */
  private static Optional<InetAddress> source(ServerHttpRequest request) {
    InetSocketAddress remote = request.getRemoteAddress();
    if (remote == null) {
      return Optional.empty();
    }
    if (remote.getAddress() != null) {
      return Optional.of(remote.getAddress());
    }
    String text = remote.getHostString();
    boolean inBrackets = text.startsWith("[") && text.endsWith("]");
    return SourceAddress.parse(inBrackets ? text.substring(1, text.length() - 1) : text);
  }
}
