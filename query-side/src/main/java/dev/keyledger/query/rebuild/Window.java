package dev.keyledger.query.rebuild;

import dev.keyledger.query.projection.BatchWriter;
import dev.keyledger.query.projection.BatchWriter.Batch;
import dev.keyledger.query.stream.Fold;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside;
import dev.keyledger.query.views.ViewStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the topic makes of the views, in memory until it is written: an account's
 * events become one write, however many batches they came in. The events themselves are let go.
 */
final class Window {
  /** Views and keys; some 15 MB of them, and as much of the window that is being written. */
  private static final int MOST_ENTRIES = 20_000;

  /** Some seconds of reading: what is lost if the builder dies, and how often its offsets move. */
  private static final int MOST_EVENTS = 100_000;

  /** What is worth a trip to the store although more could be held. */
  private static final int ENOUGH_ENTRIES = 1_000;

  private static final int WRITES_AT_ONCE = 2_000;
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);

  private final ViewStore store;
  private final BatchWriter writer;
  private final boolean careful;
  private final Map<String, Change> changes = new HashMap<>();
  private final Map<Integer, Progress> progress = new HashMap<>();
  private final List<SetAside> aside = new ArrayList<>();
  private Map<String, Change> before;
  private int entries;
  private int events;

  private Window(ViewStore store, BatchWriter writer, boolean careful, Map<String, Change> before) {
    this.store = store;
    this.writer = writer;
    this.careful = careful;
    this.before = before;
  }

  /**
   * @param careful look up also the accounts that begin here; else they are taken for new, and the
   *     window can't be written where one of them is not
   */
  static Window first(ViewStore store, BatchWriter writer, boolean careful) {
    return new Window(store, writer, careful, Map.of());
  }

  /** The one that begins where this one ends, while this one is being written. */
  Window next() {
    return new Window(store, writer, careful, changes);
  }

  /** The one before is written: its views are in the store. */
  void letGoOfTheOneBefore() {
    before = Map.of();
  }

  /**
   * Takes records, each partition's in their order and from where the last ones ended.
   *
   * @return how far each partition got
   */
  Collection<Progress> take(Batch batch) {
    Fold fold = fold(batch);
    for (Change change : fold.changes()) {
      add(change);
    }
    fold.progress().forEach(step -> progress.put(step.partition(), step));
    aside.addAll(writer.aside(batch, fold));
    events += batch.records().size();
    return fold.progress();
  }

  /** Whether it is to be written before more is taken. A record set aside may be a large one. */
  boolean isFull() {
    return entries >= MOST_ENTRIES || events >= MOST_EVENTS || !aside.isEmpty();
  }

  /** Whether it may as well be written where none of its accounts is likely to come again soon. */
  boolean isWorthwhile() {
    return entries >= ENOUGH_ENTRIES;
  }

  boolean isEmpty() {
    return progress.isEmpty();
  }

  /** How far each partition is when this is written. */
  Collection<Progress> progress() {
    return progress.values();
  }

  /**
   * Writes it all: the views, then what was set aside, then the offsets.
   *
   * @return false if some view is not what it was taken for; then no offset has moved
   */
  boolean write() {
    List<Change> all = List.copyOf(changes.values());
    boolean same = true;
    for (int from = 0; from < all.size(); from += WRITES_AT_ONCE) {
      List<Change> some = all.subList(from, Math.min(from + WRITES_AT_ONCE, all.size()));
      same &= Objects.requireNonNull(store.save(some).block(STORE_TIMEOUT));
    }
    if (same) {
      writer.finish(store, aside, progress.values());
    }
    return same;
  }

  /**
   * Nearly all accounts are here or begin here. So the batch is folded on what is here first, and
   * once more only if it met others, which the store is asked for.
   */
  private Fold fold(Batch batch) {
    Set<String> unknown = new HashSet<>();
    if (careful) {
      unknown.addAll(Fold.accounts(batch.reads()));
      unknown.removeIf(account -> here(account) != null);
    } else {
      Fold fold =
          writer.fold(
              batch,
              account -> {
                AccountView here = here(account);
                if (here == null) {
                  unknown.add(account);
                }
                return here;
              });
      if (!unknown.isEmpty()) {
        unknown.removeAll(Fold.beginning(batch.reads()));
      }
      if (unknown.isEmpty()) {
        return fold;
      }
    }
    return writer.fold(batch, knowing(unknown));
  }

  /** The view that is here, or was and is not in the store yet. */
  private @Nullable AccountView here(String accountId) {
    Change own = changes.get(accountId);
    Change change = own == null ? before.get(accountId) : own;
    return change == null ? null : change.after();
  }

  /** The views that are here, and those of other accounts that the store holds. */
  private Fold.Base knowing(Set<String> others) {
    Map<String, AccountView> stored =
        others.isEmpty()
            ? Map.of()
            : Objects.requireNonNull(store.findAll(others).block(STORE_TIMEOUT));
    return account -> {
      AccountView here = here(account);
      return here == null ? stored.get(account) : here;
    };
  }

  private void add(Change change) {
    Change first = changes.get(change.after().accountId());
    entries += entries(change.after()) - (first == null ? 0 : entries(first.after()));
    changes.put(
        change.after().accountId(),
        first == null ? change : new Change(first.before(), change.after()));
  }

  private static int entries(AccountView view) {
    return 1 + view.keys().size();
  }
}
