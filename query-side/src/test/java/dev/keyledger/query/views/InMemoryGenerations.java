package dev.keyledger.query.views;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** Generations for tests, which say themselves which is which. */
public final class InMemoryGenerations implements ViewGenerations {
  private final Map<Long, ViewStore> stores = new ConcurrentHashMap<>();
  private volatile Mono<Generations> now = Mono.just(Generations.FIRST);

  public InMemoryGenerations() {}

  /** One that is served. */
  public InMemoryGenerations(ViewStore first) {
    stores.put(0L, first);
  }

  /** From now on it is like this. */
  public void are(Generations generations) {
    now = Mono.just(generations);
  }

  /** From now on this is what whoever asks has to wait for. */
  public void are(Mono<Generations> answer) {
    now = answer;
  }

  /** Puts a store in the place of another. */
  public void put(long generation, ViewStore store) {
    stores.put(generation, store);
  }

  @Override
  public Mono<Generations> now() {
    return Mono.defer(() -> now);
  }

  @Override
  public ViewStore of(long generation) {
    return stores.computeIfAbsent(generation, _ -> new InMemoryViewStore());
  }
}
