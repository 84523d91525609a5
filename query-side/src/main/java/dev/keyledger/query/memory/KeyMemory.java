package dev.keyledger.query.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keyledger.query.stream.Fold;
import dev.keyledger.query.stream.Fold.Read;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All live keys. One thread writes; readers take no lock and see each account at one position,
 * whatever changes meanwhile. An account stays known after its last key, so that repeats of its
 * events change nothing.
 */
public final class KeyMemory {
  /** An account's place, which its keys lead to; what is in it is replaced as a whole. */
  private static final class Slot {
    private volatile LiveAccount account;

    Slot(LiveAccount account) {
      this.account = account;
    }
  }

  private static final Duration DEPARTED_FOR = Duration.ofMinutes(1);
  private static final int DEPARTED_AT_MOST = 10_000;

  private final Map<String, Slot> accounts = new HashMap<>();
  private final ConcurrentHashMap<KeyId, Slot> keys = new ConcurrentHashMap<>();

  /** Keys that were deleted a moment ago, so that who waits for their deletion is answered. */
  private final Cache<KeyId, Slot> departed =
      Caffeine.newBuilder().expireAfterWrite(DEPARTED_FOR).maximumSize(DEPARTED_AT_MOST).build();

  private final Compaction compaction = new Compaction();
  private final BiConsumer<String, KeyId> departure;
  private volatile Set<Integer> stopped = Set.of();

  /**
   * @param departure told of each deleted key, with its account
   */
  public KeyMemory(BiConsumer<String, KeyId> departure) {
    this.departure = departure;
  }

  /** A live key and its account as of one position; empty for a key that isn't, or is no more. */
  Optional<Found> find(KeyId id, Instant now) {
    Slot slot = keys.get(id);
    if (slot == null) {
      return Optional.empty();
    }
    LiveAccount account = slot.account;
    return account.key(id).filter(key -> !key.gone(now)).map(key -> new Found(account, key));
  }

  /** Whether the account of a key is at this position; false where no account is known of. */
  boolean holds(KeyId id, long position) {
    Slot slot = keys.get(id);
    if (slot == null) {
      slot = departed.getIfPresent(id);
    }
    if (slot == null) {
      return false;
    }
    LiveAccount account = slot.account;
    return account.position() >= position || !account.complete();
  }

  /** The partitions that go on only after an upgrade. */
  Set<Integer> stopped() {
    return stopped;
  }

  /** How many there are. */
  public long keys() {
    return keys.mappingCount();
  }

  /** Takes a view as it was found in the store. */
  public void put(AccountView view) {
    put(compaction.compact(view));
  }

  /**
   * Applies a batch, each partition's records in their order.
   *
   * @return how far each partition got
   */
  Collection<Progress> apply(List<Read> batch, Instant now) {
    Fold fold = new Fold(this::view, now).over(batch);
    fold.changes().forEach(this::put);
    for (Progress step : fold.progress()) {
      if (step.stop() != null) {
        Set<Integer> more = new TreeSet<>(stopped);
        more.add(step.partition());
        stopped = Set.copyOf(more);
      }
    }
    return fold.progress();
  }

  private @Nullable AccountView view(String accountId) {
    Slot slot = accounts.get(accountId);
    return slot == null ? null : Compaction.expand(slot.account);
  }

  private void put(Change change) {
    AccountView after = change.after();
    Slot slot = accounts.get(after.accountId());
    put(
        slot != null && after.keys().equals(change.before().keys())
            ? slot.account.moved(after.partition(), after.position(), after.knownPosition())
            : compaction.compact(after));
  }

  private void put(LiveAccount next) {
    Slot slot = accounts.get(next.accountId());
    List<LiveKey> before = List.of();
    if (slot == null) {
      slot = new Slot(next);
      accounts.put(next.accountId(), slot);
    } else {
      before = slot.account.keys();
    }
    for (LiveKey key : next.keys()) {
      keys.putIfAbsent(key.id(), slot);
    }
    slot.account = next; // From here on readers see all of it at once.
    for (LiveKey key : before) {
      if (next.key(key.id()).isEmpty()) {
        keys.remove(key.id());
        departed.put(key.id(), slot);
        departure.accept(next.accountId(), key.id());
      }
    }
  }
}
