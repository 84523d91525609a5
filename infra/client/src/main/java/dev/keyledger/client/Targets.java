package dev.keyledger.client;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** Target URIs as the other side will put them together (RFC 9110, sections 4.2.3 and 7.1). */
final class Targets {
  private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

  private Targets() {}

  static URI asSent(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String scheme = String.valueOf(ascii.getScheme()).toLowerCase(Locale.ROOT);
    Integer defaultPort = DEFAULT_PORTS.get(scheme);
    if (defaultPort == null || ascii.getHost() == null) {
      throw new IllegalArgumentException("A request needs an absolute http or https URI.");
    }
    StringBuilder sent = new StringBuilder(scheme).append("://");
    sent.append(ascii.getHost().toLowerCase(Locale.ROOT));
    if (ascii.getPort() >= 0 && ascii.getPort() != defaultPort) {
      sent.append(':').append(ascii.getPort());
    }
    sent.append(ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath());
    if (ascii.getRawQuery() != null) {
      sent.append('?').append(ascii.getRawQuery());
    }
    return URI.create(sent.toString());
  }
}
