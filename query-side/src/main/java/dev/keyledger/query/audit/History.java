package dev.keyledger.query.audit;

import dev.keyledger.replay.At;
import dev.keyledger.replay.KeyRing;
import dev.keyledger.tlog.Hash;
import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Key rings as they were, replayed from the events in the store. */
public final class History {
  private final LogStore store;
  private final InstantSource clock;

  public History(LogStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A key ring as it was.
   *
   * @param asOf the instant at which it was so: what keys can do depends on it
   */
  public record Past(KeyRing ring, Instant asOf) {}

  /**
   * The state hash ({@code docs/audit.md}).
   *
   * @param logIndex of the last event that is in it, -1 for none
   */
  public record StateHash(long logIndex, Hash hash) {}

  /**
   * The key ring of an account, empty if it is asked for as of an event that is not here yet.
   *
   * @return fails with {@link UnreadableLogException} if an event can't be replayed
   */
  public Mono<Past> ring(String account, At at) {
    return store
        .size()
        .flatMap(size ->
            asOf(account, at, size)
                .flatMap(asOf -> ring(account, at, size).map(r -> new Past(r, asOf))));
  }

  /**
   * The hash over all key rings after an event, empty if that one is not here yet.
   *
   * @param logIndex -1 for before the first event
   * @return fails with {@link UnreadableLogException} if an event can't be replayed
   */
  public Mono<StateHash> stateHash(long logIndex) {
    return store
        .size()
        .filter(size -> logIndex < size)
        .flatMap(_ ->
            store
                .byAccount(logIndex + 1)
                .publishOn(Schedulers.boundedElastic())
                .collect(StateFold::new, StateFold::take)
                .map(fold -> new StateHash(logIndex, fold.hash())));
  }

  private Mono<KeyRing> ring(String account, At at, long size) {
    return store
        .find(EventQuery.ofAccount(account, -1, size, Integer.MAX_VALUE))
        .map(Replays::read)
        .takeWhile(at::includes)
        .reduce(KeyRing.empty(account), Replays::evolve);
  }

  private Mono<Instant> asOf(String account, At at, long size) {
    return switch (at) {
      case At.Time(Instant instant) -> Mono.just(instant);
      case At.End() -> Mono.fromSupplier(clock::instant);
      case At.Position(long position) ->
          store
              .find(account, position)
              .filter(event -> event.index() < size)
              .map(LoggedEvent::time);
      case At.Index(long index) ->
          index < size ? store.events(index, 1).next().map(LoggedEvent::time) : Mono.empty();
    };
  }
}
