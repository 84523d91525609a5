package dev.keyledger.replay;

import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key rings of all accounts, as the events in log order made them. Not safe for use by several
 * threads.
 */
public final class KeyRings {
  private final Map<String, Leaf> rings;
  private long size;

  /** Before the first event. */
  public KeyRings() {
    this(new HashMap<>(), 0);
  }

  private KeyRings(Map<String, Leaf> rings, long size) {
    this.rings = rings;
    this.size = size;
  }

  /**
   * Rings that were kept.
   *
   * @param size number of events that made them
   */
  public static KeyRings of(long size, Collection<KeyRing> kept) {
    Map<String, Leaf> rings = new HashMap<>();
    kept.forEach(ring -> rings.put(ring.accountId(), new Leaf(ring)));
    return new KeyRings(rings, size);
  }

  /** Number of events so far, which is the log index of the next one. */
  public long size() {
    return size;
  }

  /** Number of accounts that anything happened to. */
  public int accounts() {
    return rings.size();
  }

  /**
   * Takes the next event of the log.
   *
   * @throws BrokenOrderException if it isn't the next one, of the log or of its account; then
   *     nothing has changed
   */
  public void apply(LoggedEvent logged) throws BrokenOrderException {
    if (logged.logIndex() != size) {
      throw new BrokenOrderException(size, logged);
    }
    String accountId = logged.event().accountId();
    Leaf leaf = rings.get(accountId);
    if (leaf == null) {
      rings.put(accountId, new Leaf(KeyRing.empty(accountId).evolve(logged)));
    } else {
      leaf.become(leaf.ring.evolve(logged));
    }
    size++;
  }

  /** The ring of an account, an empty one if nothing happened to it. */
  public KeyRing ring(String accountId) {
    Leaf leaf = rings.get(accountId);
    return leaf == null ? KeyRing.empty(accountId) : leaf.ring;
  }

  /** All rings, by account id as {@link #stateHash} sorts them. */
  public List<KeyRing> all() {
    return sorted().map(leaf -> leaf.ring).toList();
  }

  /**
   * The state hash: the root of a Merkle tree (RFC 6962, section 2.1) whose leaves are the rings in
   * {@linkplain CanonicalJson canonical JSON}, sorted by the UTF-8 bytes of their account id.
   */
  public Hash stateHash() {
    CompactRange tree = new CompactRange();
    sorted().forEach(leaf -> tree.append(leaf.hash()));
    return tree.root();
  }

  private Stream<Leaf> sorted() {
    return rings.values().stream().sorted(Comparator.comparing(Leaf::id, Arrays::compareUnsigned));
  }

  /** A ring, with its hash once that was asked for. */
  private static final class Leaf {
    private KeyRing ring;
    private @Nullable Hash hash;

    Leaf(KeyRing ring) {
      this.ring = ring;
    }

    void become(KeyRing next) {
      ring = next;
      hash = null;
    }

    byte[] id() {
      return ring.accountId().getBytes(StandardCharsets.UTF_8);
    }

    Hash hash() {
      if (hash == null) {
        hash = Hash.ofLeaf(CanonicalJson.bytes(ring));
      }
      return hash;
    }
  }
}
