package dev.keyledger.query.rebuild;

import dev.keyledger.query.views.Generations;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.ViewGenerations;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Generations in memory, with the record about them. */
public final class InMemoryRebuildStore implements RebuildStore, ViewGenerations {
  private final Map<Long, InMemoryViewStore> stores = new ConcurrentHashMap<>();
  private Rebuild rebuild = Rebuild.NEVER;
  private Runnable afterFind = () -> {};

  /** Runs once, just after the record was read: what others do while the reader stalls. */
  public void afterNextFind(Runnable others) {
    afterFind =
        () -> {
          afterFind = () -> {};
          others.run();
        };
  }

  @Override
  public Mono<Generations> now() {
    return find().map(Rebuild::generations);
  }

  @Override
  public InMemoryViewStore of(long generation) {
    return stores.computeIfAbsent(generation, _ -> new InMemoryViewStore());
  }

  @Override
  public Mono<Rebuild> find() {
    return Mono.fromSupplier(this::rebuild).doOnNext(_ -> afterFind.run());
  }

  @Override
  public Mono<Boolean> replace(Rebuild before, Rebuild after) {
    return Mono.fromSupplier(() -> swap(before, after));
  }

  @Override
  public Mono<Void> drop(long generation) {
    return Mono.fromRunnable(() -> stores.remove(generation));
  }

  private synchronized Rebuild rebuild() {
    return rebuild;
  }

  private synchronized boolean swap(Rebuild before, Rebuild after) {
    boolean same = rebuild.version() == before.version();
    rebuild = same ? after : rebuild;
    return same;
  }
}
