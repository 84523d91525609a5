package dev.keyledger.query.verification;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A usage store for tests, which can be made to fail. */
public final class InMemoryUsageStore implements UsageStore {
  private final Map<String, Map<String, LastUse>> accounts = new ConcurrentHashMap<>();
  private final AtomicInteger saves = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;
  private volatile boolean hanging;

  public void failWith(@Nullable RuntimeException failure) {
    this.failure = failure;
  }

  /** Makes every save take for ever from now on, or not any more. */
  public void hang(boolean hanging) {
    this.hanging = hanging;
  }

  public int saves() {
    return saves.get();
  }

  @Override
  public Mono<Void> save(Collection<Entry> entries) {
    if (hanging) {
      return Mono.never();
    }
    return Mono.fromRunnable(() -> {
      failIfTold();
      saves.incrementAndGet();
      entries.forEach(entry ->
          accounts
              .computeIfAbsent(entry.accountId(), _ -> new ConcurrentHashMap<>())
              .merge(
                  entry.publicApiKey(),
                  entry.use(),
                  (there, next) -> next.at().isBefore(there.at()) ? there : next));
    });
  }

  @Override
  public Mono<Void> forget(Collection<KeyName> keys) {
    return Mono.fromRunnable(() -> {
      failIfTold();
      keys.forEach(key ->
          accounts.computeIfPresent(
              key.accountId(),
              (_, uses) -> {
                uses.remove(key.publicApiKey());
                return uses;
              }));
    });
  }

  @Override
  public Flux<KeyName> all() {
    return Flux.defer(() -> {
      failIfTold();
      return Flux.fromIterable(accounts.entrySet())
          .flatMapIterable(account ->
              account.getValue().keySet().stream()
                  .map(key -> new KeyName(account.getKey(), key))
                  .toList());
    });
  }

  @Override
  public Mono<Map<String, LastUse>> find(String accountId) {
    return Mono.fromSupplier(() -> Map.copyOf(accounts.getOrDefault(accountId, Map.of())));
  }

  private void failIfTold() {
    if (failure != null) {
      throw Objects.requireNonNull(failure);
    }
  }
}
