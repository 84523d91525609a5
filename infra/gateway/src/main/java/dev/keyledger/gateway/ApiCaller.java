package dev.keyledger.gateway;

import java.util.List;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whose request it is, as Keyledger said.
 *
 * @param publicApiKey {@code kl_pub_…}
 * @param label the name that the account's owner gave the key
 * @param permissions of {@code read}, {@code trade} and {@code withdraw}
 * @param position of the account's key ring that the answer was given at
 */
public record ApiCaller(
    String accountId, String publicApiKey, String label, List<String> permissions, long position) {
  private static final String ATTRIBUTE = ApiCaller.class.getName();

  /** The caller of an exchange that the filter let through; empty where no key was needed. */
  public static Optional<ApiCaller> of(ServerWebExchange exchange) {
    return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
  }

  void noteOn(ServerWebExchange exchange) {
    exchange.getAttributes().put(ATTRIBUTE, this);
  }
}
