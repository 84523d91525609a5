package dev.keyledger.command.http;

/**
 * An e-mail address as it may be shown on a screen: its first character and its domain, as in
 * {@code a…@example.com}.
 */
final class MaskedAddress {
  private MaskedAddress() {}

  static String of(String address) {
    int at = address.lastIndexOf('@');
    int first = Math.min(at, address.offsetByCodePoints(0, 1));
    return address.substring(0, first) + "…" + address.substring(at);
  }
}
