package dev.keyledger.events;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/**
 * An address or a CIDR range (RFC 4632, RFC 4291 section 2.3) out of an event, to compare addresses
 * with. An IPv4-mapped address (RFC 4291 section 2.5.5.2) is the IPv4 address that it is.
 *
 * @param first the address with all host bits zero
 * @param prefix number of leading bits that count
 */
public record Network(InetAddress first, int prefix) {

  /**
   * The network that a canonical text stands for.
   *
   * @throws IllegalArgumentException if it is not an address, or an address and a prefix length
   */
  public static Network of(String canonical) {
    int slash = canonical.indexOf('/');
    InetAddress first =
        InetAddress.ofLiteral(slash < 0 ? canonical : canonical.substring(0, slash));
    int bits = first.getAddress().length * Byte.SIZE;
    int prefix = slash < 0 ? bits : Integer.parseInt(canonical.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("no such prefix length: " + canonical);
    }
    return new Network(first, prefix);
  }

  /** Whether the address lies in it; never for an address of the other family. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & (0xff00 >> rest) & 0xff) == 0;
  }

  /** Whether they hold every address of IPv4, or every address of IPv6. */
  static boolean coverAFamily(Collection<Network> networks) {
    return coverAll(networks, 4) || coverAll(networks, 16);
  }

  /** Two ranges are nested or disjoint, so that the sizes of the outermost ones add up. */
  private static boolean coverAll(Collection<Network> networks, int bytes) {
    List<Network> family =
        networks.stream()
            .filter(network -> network.first.getAddress().length == bytes)
            .distinct()
            .toList();
    BigInteger covered =
        family.stream()
            .filter(network ->
                family.stream()
                    .noneMatch(
                        outer -> outer.prefix < network.prefix && outer.contains(network.first)))
            .map(network -> BigInteger.ONE.shiftLeft(bytes * Byte.SIZE - network.prefix))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return covered.bitLength() > bytes * Byte.SIZE;
  }
}
