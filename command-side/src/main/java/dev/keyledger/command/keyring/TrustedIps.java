package dev.keyledger.command.keyring;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and CIDR ranges that a key may be used from, in one canonical form each: IPv6 as in
 * RFC 5952, an IPv4-mapped address (RFC 4291 section 2.5.5.2) as the IPv4 address that it is, and a
 * range of one address as that address.
 */
final class TrustedIps {
  static final int MOST = 50;

  /** Shape and length first: the parser below is not made for hostile input. */
  private static final Pattern V4 =
      Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})(?:/(?:0|[1-9]\\d?))?");

  private static final Pattern V6 =
      Pattern.compile(
          "[0-9a-fA-F:]{2,39}(?:(?<=:)(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2}))?"
              + "(?:/(?:0|[1-9]\\d{0,2}))?");

  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowMask(false)
          .allowWildcardedSeparator(false)
          .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
          .getIPv4AddressParametersBuilder()
          .allow_inet_aton(false)
          .allowLeadingZeros(false)
          .allowBinary(false)
          .getParentBuilder()
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .allowBinary(false)
          .getParentBuilder()
          .toParams();

  private TrustedIps() {}

  /** The canonical list, each once, in the order given; empty if one of them is not valid. */
  static Optional<List<String>> parse(@Nullable List<String> wanted) {
    if (wanted == null) {
      return Optional.of(List.of());
    }
    if (wanted.size() > MOST) {
      return Optional.empty();
    }
    LinkedHashSet<String> canonical = new LinkedHashSet<>();
    for (String text : wanted) {
      Optional<String> one = canonical(text);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      canonical.add(one.get());
    }
    return Optional.of(List.copyOf(new ArrayList<>(canonical)));
  }

  private static Optional<String> canonical(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    IPAddress range = new IPAddressString(text, STRICT).getAddress();
    if (range == null) {
      return Optional.empty();
    }
    int bits = range.getBitCount();
    Integer given = range.getNetworkPrefixLength();
    int prefix = given == null ? bits : given;
    IPAddress lower = range.getLower().withoutPrefixLength();
    if (!lower.toZeroHost(prefix).withoutPrefixLength().equals(withoutRange(text))) {
      return Optional.empty();
    }
    if (lower instanceof IPv6Address v6 && v6.isIPv4Mapped() && prefix >= 96) {
      lower = v6.getEmbeddedIPv4Address();
      prefix -= 96;
      bits = 32;
    }
    return Optional.of(lower.toCanonicalString() + (prefix == bits ? "" : "/" + prefix));
  }

  private static @Nullable IPAddress withoutRange(String text) {
    int slash = text.indexOf('/');
    return new IPAddressString(slash < 0 ? text : text.substring(0, slash), STRICT).getAddress();
  }
}
