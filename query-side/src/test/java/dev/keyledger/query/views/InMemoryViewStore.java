package dev.keyledger.query.views;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A view store for tests, which can be made to fail or to see a rival. */
public final class InMemoryViewStore implements ViewStore {
  private final Map<String, AccountView> accounts = new HashMap<>();
  private final Map<Integer, Progress> progress = new HashMap<>();
  private final Map<String, SetAside> aside = new LinkedHashMap<>();
  private final AtomicInteger finds = new AtomicInteger();
  private final AtomicInteger saved = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable RuntimeException unreadable;
  private volatile Runnable beforeSave = () -> {};

  /** Makes every call fail from now on, or none with null. */
  public void failWith(@Nullable RuntimeException failure) {
    this.failure = failure;
  }

  /** Makes every look at views that a batch goes on from fail from now on. */
  public void failLooksWith(RuntimeException failure) {
    this.unreadable = failure;
  }

  /** Runs once, just before the next save: a rival's chance. */
  public void beforeNextSave(Runnable rival) {
    this.beforeSave =
        () -> {
          beforeSave = () -> {};
          rival.run();
        };
  }

  public List<SetAside> aside() {
    return List.copyOf(aside.values());
  }

  /** How many views were written, each as often as it was. */
  public int saved() {
    return saved.get();
  }

  /** Drops everything but what was set aside. */
  public synchronized void clear() {
    accounts.clear();
    progress.clear();
  }

  public int finds() {
    return finds.get();
  }

  @Override
  public Mono<AccountView> find(String accountId) {
    return call(() -> {
      finds.incrementAndGet();
      return Objects.requireNonNullElse(accounts.get(accountId), AccountView.unknown(accountId));
    });
  }

  @Override
  public Mono<Map<String, AccountView>> findAll(Collection<String> accountIds) {
    return call(() -> {
      RuntimeException broken = unreadable;
      if (broken != null) {
        throw broken;
      }
      Map<String, AccountView> found = new HashMap<>(accounts);
      found.keySet().retainAll(accountIds);
      return found;
    });
  }

  @Override
  public Flux<AccountView> all() {
    return call(() -> List.copyOf(accounts.values())).flatMapIterable(views -> views);
  }

  @Override
  public Mono<Map<String, Long>> positions(Collection<String> accountIds) {
    return findAll(accountIds)
        .map(views -> {
          Map<String, Long> positions = new HashMap<>();
          views.forEach((id, view) -> positions.put(id, view.position()));
          return positions;
        });
  }

  @Override
  public Mono<Boolean> save(Collection<Change> changes) {
    return call(() -> {
      beforeSave.run();
      boolean all = true;
      for (Change change : changes) {
        String id = change.after().accountId();
        AccountView there = Objects.requireNonNullElse(accounts.get(id), AccountView.unknown(id));
        boolean same =
            there.position() == change.before().position()
                && there.knownPosition() == change.before().knownPosition();
        if (same) {
          accounts.put(id, change.after());
          saved.incrementAndGet();
        }
        all &= same;
      }
      return all;
    });
  }

  @Override
  public Mono<Void> setAside(Collection<SetAside> records) {
    return call(
            () -> {
              for (SetAside record : records) {
                String id = record.topic() + "-" + record.partition() + "-" + record.offset();
                aside.putIfAbsent(id, record);
              }
              return true;
            })
        .then();
  }

  @Override
  public Mono<Map<Integer, Progress>> progress() {
    return call(() -> Map.copyOf(progress));
  }

  @Override
  public Mono<Void> advance(Collection<Progress> steps) {
    return call(
            () -> {
              for (Progress step : steps) {
                progress.merge(
                    step.partition(),
                    step,
                    (there, next) -> next.nextOffset() >= there.nextOffset() ? next : there);
              }
              return true;
            })
        .then();
  }

  private <T> Mono<T> call(Supplier<T> work) {
    return Mono.fromSupplier(() -> {
      RuntimeException broken = failure;
      if (broken != null) {
        throw broken;
      }
      synchronized (this) {
        return work.get();
      }
    });
  }
}
