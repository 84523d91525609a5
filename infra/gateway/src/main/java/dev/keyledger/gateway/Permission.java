package dev.keyledger.gateway;

import java.util.Locale;

/** What a key may be allowed to do. */
public enum Permission {
  READ,
  TRADE,
  WITHDRAW;

  String publicName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
