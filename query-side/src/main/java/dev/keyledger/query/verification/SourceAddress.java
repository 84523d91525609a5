package dev.keyledger.query.verification;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses that others wrote, and nothing that only resembles one. */
public final class SourceAddress {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = OCTET + "(\\." + OCTET + "){3}";
  private static final Pattern IPV4_ALONE = Pattern.compile(IPV4);
  private static final Pattern IPV6_LIKE =
      Pattern.compile("(?=.{2,45}$)[0-9A-Fa-f:]*:([0-9A-Fa-f]*|" + IPV4 + ")");

  private SourceAddress() {}

  /**
   * An IPv4 address as four decimal octets without leading zeros, or an IPv6 address (RFC 4291
   * section 2.2) without a zone. An IPv4-mapped one (section 2.5.5.2) is the IPv4 address that it
   * is.
   *
   * @return empty for every other text
   */
  public static Optional<InetAddress> parse(String text) {
    if (!IPV4_ALONE.matcher(text).matches() && !IPV6_LIKE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
