package dev.keyledger.query.memory;

import dev.keyledger.events.Network;
import dev.keyledger.events.Rights;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a key may do, from where and how often; shared by all keys with the same rights. */
public final class KeyRights {
  private final Rights rights;

  /** Made when first asked for; to make them twice does no harm. */
  private @Nullable List<Network> networks;

  KeyRights(Rights rights) {
    this.rights = rights;
  }

  /** As the events tell them. */
  public Rights asGiven() {
    return rights;
  }

  public boolean allow(String permission) {
    return rights.permissions().contains(permission);
  }

  /** Whether the key may be used from an address. */
  public boolean trust(InetAddress source) {
    if (rights.trustedIps().isEmpty()) {
      return true;
    }
    List<Network> known = networks;
    if (known == null) {
      known = rights.trustedIps().stream().map(Network::of).toList();
      networks = known;
    }
    for (Network network : known) {
      if (network.contains(source)) {
        return true;
      }
    }
    return false;
  }
}
