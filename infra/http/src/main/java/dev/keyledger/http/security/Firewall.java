package dev.keyledger.http.security;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/**
 * Spring Security's own rules about requests, told sooner: its patterns look every character of a
 * token up in Unicode's tables each time that a header is read. What is printable US-ASCII passes
 * them anyway. One is not kept: a path may have an encoded slash ({@code %2F}).
 */
final class Firewall {
  private Firewall() {}

  static ServerWebExchangeFirewall create() {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
    // Account ids may have a slash. Rules and routes both go by segments, which it is no end of.
    firewall.setAllowUrlEncodedSlash(true);
    firewall.setAllowedHeaderNames(sooner(StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES));
    firewall.setAllowedHeaderValues(sooner(StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES));
    return firewall;
  }

  /** Decides as the rule does. */
  static Predicate<String> sooner(Predicate<String> rule) {
    return text -> isPrintable(text) || rule.test(text);
  }

  private static boolean isPrintable(@Nullable String text) {
    if (text == null) {
      return false; // an absent header, which the rule knows
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
