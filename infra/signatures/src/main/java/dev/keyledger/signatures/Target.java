package dev.keyledger.signatures;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a target URI in their normal form (RFC 9421, sections 2.2.2 to 2.2.7; RFC 9110,
 * section 4.2.3).
 *
 * @param uri the whole of it, as given but without a fragment
 * @param authority in lower case, without the scheme's own port
 * @param query without the question mark; null where there is none
 */
record Target(String uri, String scheme, String authority, String path, @Nullable String query) {
  private static final Map<String, String> DEFAULT_PORTS = Map.of("http", "80", "https", "443");

  static Target of(URI uri) throws RefusedException {
    String text = uri.toString();
    String scheme = uri.getScheme();
    String authority = uri.getRawAuthority();
    String path = uri.getRawPath();
    if (scheme == null
        || authority == null
        || path == null
        || authority.indexOf('@') >= 0
        || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw RefusedException.malformed();
    }
    int fragment = text.indexOf('#');
    String lowerCaseScheme = scheme.toLowerCase(Locale.ROOT);
    return new Target(
        fragment < 0 ? text : text.substring(0, fragment),
        lowerCaseScheme,
        normal(authority, lowerCaseScheme),
        path.isEmpty() ? "/" : path,
        uri.getRawQuery());
  }

  /** What stands in the first line of an HTTP/1.1 request to the server itself. */
  String requestTarget() {
    return query == null ? path : path + "?" + query;
  }

  private static String normal(String authority, String scheme) throws RefusedException {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    String port = hasPort ? authority.substring(colon + 1) : "";
    if (host.isEmpty() || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw RefusedException.malformed();
    }
    return port.isEmpty() || port.equals(DEFAULT_PORTS.get(scheme)) ? host : host + ":" + port;
  }
}
