package dev.keyledger.query.audit;

import dev.keyledger.replay.CanonicalJson;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state hash ({@code docs/audit.md}) of events that come account by account, sorted, so
 * that one key ring at a time is in memory.
 */
final class StateFold {
  private final CompactRange tree = new CompactRange();
  private @Nullable KeyRing ring;

  void take(LoggedEvent event) {
    if (ring == null || !ring.accountId().equals(event.account())) {
      close();
      ring = KeyRing.empty(event.account());
    }
    ring = Replays.evolve(ring, Replays.read(event));
  }

  /** The hash over all that was taken. */
  Hash hash() {
    close();
    return tree.root();
  }

  private void close() {
    if (ring != null) {
      tree.append(Hash.ofLeaf(CanonicalJson.bytes(ring)));
      ring = null;
    }
  }
}
