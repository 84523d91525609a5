package dev.keyledger.signatures;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as the gateway saw it.
 *
 * @param method as it was sent; it is case-sensitive
 * @param targetUri absolute, as RFC 9110 section 7.1 puts it together
 * @param headers lower-case name → values in their order
 * @param body without any transfer coding; empty where there was none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody on the hot path
public record SignedRequest(
    String method, URI targetUri, Map<String, List<String>> headers, byte[] body) {

  /**
   * @param headers names in any case; values under two spellings of one name are put together
   */
  public SignedRequest {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    headers.forEach((name, values) ->
        byName.computeIfAbsent(lowerCase(name), n -> new ArrayList<>(1)).addAll(values));
    headers = byName;
  }

  boolean hasBody() {
    return body.length > 0;
  }

  /** The lines of a field, none if it was not sent. */
  List<String> lines(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Beyond ASCII, other letters have these as their lower case (the Kelvin sign has k). */
  private static String lowerCase(String name) {
    return name.chars().allMatch(c -> c < 0x80) ? name.toLowerCase(Locale.ROOT) : name;
  }
}
