package dev.keyledger.events;

import java.util.List;

/**
 * What a key may do and from where.
 *
 * @param permissions some of {@code read}, {@code trade}, {@code withdraw}, in this order
 * @param trustedIps canonical addresses and CIDR ranges; empty means every address
 */
public record Rights(List<String> permissions, List<String> trustedIps) {
  public Rights {
    permissions = List.copyOf(permissions);
    trustedIps = List.copyOf(trustedIps);
  }
}
