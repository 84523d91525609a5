package dev.keyledger.http.shortcut;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The header of a request in its usual form. What it takes is what the usual chain is known to
 * answer without looking at anything else; a header that is not named here, or is there twice,
 * makes a request one for the usual chain.
 */
final class PlainRequest {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[1-9][0-9]{0,4})?");
  private static final Pattern TAG = Pattern.compile("(W/)?\"[A-Za-z0-9_-]{1,64}\"");
  private static final int MAX_BODY = 32 * 1024;
  private static final int MOST_DIGITS = 5;

  private @Nullable String host;
  private @Nullable String authorization;
  private @Nullable String contentType;
  private @Nullable String contentLength;
  private @Nullable String accept;
  private @Nullable String minPosition;
  private @Nullable String ifNoneMatch;
  private boolean odd;

  private PlainRequest() {}

  /** Reads a request's header; empty if there is anything unusual about it. */
  static Optional<PlainRequest> of(HttpServerRequest request) {
    if (!HttpVersion.HTTP_1_1.equals(request.version())) {
      return Optional.empty();
    }
    PlainRequest plain = new PlainRequest();
    plain.read(request.requestHeaders());
    return plain.isUsual() ? Optional.of(plain) : Optional.empty();
  }

  /** The value of {@code Authorization}. */
  String authorization() {
    return authorization == null ? "" : authorization;
  }

  /** Whether it announces a body of JSON. */
  boolean hasJson() {
    return "application/json".equals(contentType) && contentLength != null && ifNoneMatch == null;
  }

  /** Whether it announces no body. */
  boolean hasNothing() {
    return contentType == null && (contentLength == null || contentLength.equals("0"));
  }

  /** How long the body is. */
  int length() {
    return contentLength == null ? 0 : Integer.parseInt(contentLength);
  }

  private boolean isUsual() {
    return !odd
        && host != null
        && HOST.matcher(host).matches()
        && authorization != null
        && (accept == null || accept.equals("*/*") || accept.equals("application/json"))
        && (ifNoneMatch == null || TAG.matcher(ifNoneMatch).matches())
        && isShort(contentLength);
  }

  private static boolean isShort(@Nullable String length) {
    return length == null
        || (!length.isEmpty()
            && length.length() <= MOST_DIGITS
            && length.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(length) <= MAX_BODY);
  }

  private void read(HttpHeaders headers) {
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext() && !odd) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      String value = header.getValue().toString();
      if (isPrintable(value)) {
        take(header.getKey().toString().toLowerCase(Locale.ROOT), value);
      } else {
        odd = true;
      }
    }
  }

  private void take(String name, String value) {
    switch (name) {
      case "host" -> host = once(host, value);
      case "authorization" -> authorization = once(authorization, value);
      case "content-type" -> contentType = once(contentType, value);
      case "content-length" -> contentLength = once(contentLength, value);
      case "accept" -> accept = once(accept, value);
      case "keyledger-min-position" -> minPosition = once(minPosition, value);
      case "if-none-match" -> ifNoneMatch = once(ifNoneMatch, value);
      case "x-forwarded-proto" -> odd |= !value.equals("http") && !value.equals("https");
      case "x-forwarded-host" -> odd |= !HOST.matcher(value).matches();
      case "connection" -> odd |= !value.equalsIgnoreCase("keep-alive");
      case "user-agent",
          "accept-encoding",
          "accept-language",
          "x-request-id",
          "x-real-ip",
          "x-forwarded-for",
          "x-correlation-id",
          "traceparent",
          "tracestate" -> {
        // Nothing in these answers depends on them.
      }
      default -> odd = true;
    }
  }

  private String once(@Nullable String before, String value) {
    odd |= before != null;
    return value;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
