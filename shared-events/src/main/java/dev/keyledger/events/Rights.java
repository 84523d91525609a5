package dev.keyledger.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key may do, from where, and how often.
 *
 * @param permissions some of {@code read}, {@code trade}, {@code withdraw}, in this order
 * @param trustedIps canonical addresses and CIDR ranges; empty means every address
 * @param rateLimit absent means no limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rights(
    List<String> permissions, List<String> trustedIps, @Nullable RateLimit rateLimit) {
  public Rights {
    permissions = List.copyOf(permissions);
    trustedIps = List.copyOf(trustedIps);
  }

  /** Rights without a limit on how often. */
  public Rights(List<String> permissions, List<String> trustedIps) {
    this(permissions, trustedIps, null);
  }

  /** Whether any address may use the key: none is named, or ranges that hold a whole family are. */
  public boolean openToAll() {
    return trustedIps.isEmpty()
        || Network.coverAFamily(trustedIps.stream().map(Network::of).toList());
  }
}
