package dev.keyledger.query.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.verification.Question;
import dev.keyledger.query.verification.SourceAddress;
import dev.keyledger.signatures.SignedRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's question (verification.md).
 *
 * @param permission what the key has to be allowed to do
 * @param sourceIp where the request came from
 * @param request the request as the gateway saw it
 */
record VerificationRequest(
    Permission permission,
    @Schema(description = "An IPv4 or IPv6 address, without a zone") String sourceIp,
    Seen request) {

  VerificationRequest {
    requireNonNull(permission);
    requireNonNull(sourceIp);
    requireNonNull(request);
  }

  /** What a key can be allowed to do. */
  enum Permission {
    @JsonProperty("read")
    READ,
    @JsonProperty("trade")
    TRADE,
    @JsonProperty("withdraw")
    WITHDRAW;

    private final String text = name().toLowerCase(Locale.ROOT);
  }

  /**
   * A signed request.
   *
   * @param targetUri absolute (RFC 9110 section 7.1)
   * @param body Base64; absent where there was none
   */
  @Schema(name = "SeenRequest")
  record Seen(
      String method,
      @Schema(format = "uri") String targetUri,
      Map<String, HeaderValues> headers,
      @Schema(format = "byte") @Nullable String body) {

    Seen {
      requireNonNull(method);
      requireNonNull(targetUri);
      requireNonNull(headers);
    }
  }

  /**
   * The question in the verifier's words.
   *
   * @throws ProblemException {@code malformed-request} if the address, the URI or the body is none
   */
  Question question(long minPosition) {
    InetAddress source =
        SourceAddress.parse(sourceIp)
            .orElseThrow(() -> malformed("sourceIp is not an IPv4 or IPv6 address."));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, values.values()));
    return new Question(
        new SignedRequest(request.method(), uri(), headers, body()),
        permission.text,
        source,
        minPosition);
  }

  private byte[] body() {
    String base64 = request.body();
    try {
      return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw malformed("body is not Base64.");
    }
  }

  private URI uri() {
    try {
      return new URI(request.targetUri());
    } catch (URISyntaxException notAUri) {
      throw malformed("targetUri is not a URI.");
    }
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
