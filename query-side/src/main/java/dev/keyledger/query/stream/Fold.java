package dev.keyledger.query.stream;

import dev.keyledger.query.stream.Decoded.Future;
import dev.keyledger.query.stream.Decoded.Known;
import dev.keyledger.query.stream.Decoded.Place;
import dev.keyledger.query.stream.Decoded.Poison;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.SetAside.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds one batch onto the views as they were read; writes nothing. */
public final class Fold {
  /** A record with what it turned out to be. */
  public record Read(Source source, Decoded decoded) {}

  /** Where a record stood in the topic. */
  public record Source(int partition, long offset) {}

  /** A record that goes into no view, and why. */
  public record Rejected(Source source, Reason reason, String detail) {}

  /** The views that a batch goes on from; asked for once for each account that is folded. */
  @FunctionalInterface
  public interface Base {
    /** The view of an account, or null if there is none. */
    @Nullable AccountView of(String accountId);
  }

  /** A view as it was found, and as the batch has left it so far. */
  private static final class Evolving {
    private final AccountView before;
    private AccountView after;

    Evolving(AccountView before) {
      this.before = before;
      this.after = before;
    }
  }

  private final Base base;
  private final Map<String, Evolving> views = new HashMap<>();
  private final Map<Integer, Progress> progress = new HashMap<>();
  private final Set<Integer> stopped = new HashSet<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final List<Known> applied = new ArrayList<>();
  private final Instant now;

  /**
   * @param base the views that there are of the accounts in the batch
   * @param now what a stop is dated with
   */
  public Fold(Base base, Instant now) {
    this.base = base;
    this.now = now;
  }

  /** The accounts that a batch is about. */
  public static Set<String> accounts(List<Read> batch) {
    Set<String> accounts = new HashSet<>();
    for (Read read : batch) {
      switch (read.decoded()) {
        case Known known -> accounts.add(known.accountId());
        case Poison poison -> accounts.add(poison.place().accountId());
        case Future _ -> {}
      }
    }
    accounts.remove(Place.NONE.accountId());
    return accounts;
  }

  /** Those of them that begin in it, and so most likely have no view. */
  public static Set<String> beginning(List<Read> batch) {
    Set<String> beginning = new HashSet<>();
    for (Read read : batch) {
      if (read.decoded() instanceof Known known && known.position() == 1) {
        beginning.add(known.accountId());
      }
    }
    return beginning;
  }

  /** Takes the records of the batch, each partition's in its order. */
  public Fold over(List<Read> batch) {
    for (Read read : batch) {
      int partition = read.source().partition();
      if (!stopped.contains(partition)) {
        fold(read, partition);
      }
    }
    return this;
  }

  /** The views that the batch changed. */
  public List<Change> changes() {
    return views.values().stream()
        .filter(view -> !view.before.equals(view.after))
        .map(view -> new Change(view.before, view.after))
        .toList();
  }

  /** How far each partition got. */
  public List<Progress> progress() {
    return List.copyOf(progress.values());
  }

  /** The records that went into no view. */
  public List<Rejected> rejected() {
    return rejected;
  }

  /** The events that are new in the views. */
  public List<Known> applied() {
    return applied;
  }

  private void fold(Read read, int partition) {
    long offset = read.source().offset();
    switch (read.decoded()) {
      case Future future -> {
        stopped.add(partition);
        progress.put(
            partition, new Progress(partition, offset, new Progress.Stop(future.type(), now)));
      }
      case Known known -> {
        apply(known, read.source());
        progress.put(partition, new Progress(partition, offset + 1, null));
      }
      case Poison poison -> {
        rejected.add(new Rejected(read.source(), poison.reason(), poison.detail()));
        know(poison.place(), partition);
        progress.put(partition, new Progress(partition, offset + 1, null));
      }
    }
  }

  private void apply(Known known, Source source) {
    Evolving evolving = view(known.accountId());
    AccountView view = evolving.after;
    if (known.position() == view.position() + 1) {
      evolving.after =
          AccountView.evolve(view.from(source.partition()), known.event(), known.position());
      applied.add(known);
    } else if (known.position() > view.position()) {
      rejected.add(
          new Rejected(
              source,
              Reason.GAP,
              "position %d follows %d".formatted(known.position(), view.position())));
      know(new Place(known.accountId(), known.position()), source.partition());
    }
  }

  /** An event of that place exists although no view will hold it. */
  private void know(Place place, int partition) {
    if (!place.equals(Place.NONE)) {
      Evolving view = view(place.accountId());
      view.after = view.after.from(partition).knowing(place.position());
    }
  }

  private Evolving view(String accountId) {
    Evolving known = views.get(accountId);
    if (known != null) {
      return known;
    }
    AccountView found = base.of(accountId);
    Evolving view = new Evolving(found == null ? AccountView.unknown(accountId) : found);
    views.put(accountId, view);
    return view;
  }
}
