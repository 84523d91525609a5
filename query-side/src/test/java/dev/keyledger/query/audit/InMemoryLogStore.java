package dev.keyledger.query.audit;

import dev.keyledger.query.views.ViewStoreException;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A log store for tests, which can be made to fail. */
public final class InMemoryLogStore implements LogStore {
  private final NavigableMap<Long, LoggedEvent> events = new TreeMap<>();
  private final Map<Tile, FullTile> tiles = new HashMap<>();
  private final Map<String, Alarm> alarms = new HashMap<>();
  private final Map<String, Offset> offsets = new HashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger leavesRead = new AtomicInteger();
  private long size;
  private @Nullable SignedCheckpoint checkpoint;
  private volatile boolean down;

  /** Makes every call fail from now on, or none. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** Forgets everything. */
  public synchronized void clear() {
    events.clear();
    tiles.clear();
    alarms.clear();
    offsets.clear();
    size = 0;
    checkpoint = null;
  }

  public synchronized List<Alarm> raised() {
    return List.copyOf(alarms.values());
  }

  /** How many pages of events were read. */
  public int reads() {
    return reads.get();
  }

  /** How many leaves were read out of it. */
  int leavesRead() {
    return leavesRead.get();
  }

  /** Takes up what a log has, and its checkpoint. */
  public void take(TestLog log) {
    append(log.events()).block();
    new LogTree(this).grow(Map.of());
    if (log.size() > 0) {
      save(new SignedCheckpoint(log.size(), log.checkpoint(log.size()))).block();
    }
  }

  @Override
  public Mono<Void> prepare() {
    return call(() -> true).then();
  }

  @Override
  public Mono<List<Long>> append(Collection<LoggedEvent> batch) {
    return call(() -> {
      List<Long> refused = new ArrayList<>();
      for (LoggedEvent event : batch) {
        LoggedEvent there = events.get(event.index());
        boolean known = there != null && there.entry().leafHash().equals(event.entry().leafHash());
        boolean placed =
            events.values().stream()
                .anyMatch(
                    e -> e.account().equals(event.account()) && e.position() == event.position());
        if (there == null && !placed) {
          events.put(event.index(), event);
        } else if (!known) {
          refused.add(event.index());
        }
      }
      return refused;
    });
  }

  @Override
  public Mono<List<Hash>> leaves(long from, int atMost) {
    return call(() -> {
      List<Hash> leaves =
          prefix(from, atMost, events::get).stream()
              .map(event -> event.entry().leafHash())
              .toList();
      leavesRead.addAndGet(leaves.size());
      return leaves;
    });
  }

  @Override
  public Flux<LoggedEvent> events(long from, int atMost) {
    return call(
            () -> {
              reads.incrementAndGet();
              return prefix(from, atMost, events::get);
            })
        .flatMapIterable(all -> all);
  }

  @Override
  public Mono<Set<String>> accounts(long from, int count) {
    return call(() ->
        events.subMap(from, true, from + count, false).values().stream()
            .map(LoggedEvent::account)
            .collect(Collectors.toSet()));
  }

  @Override
  public Flux<LoggedEvent> find(EventQuery query) {
    return call(() ->
            events.values().stream()
                .filter(e -> e.index() > query.after() && e.index() < query.below())
                .filter(e -> query.account() == null || e.account().equals(query.account()))
                .filter(e -> query.type() == null || e.type().equals(query.type()))
                .filter(e ->
                    query.publicApiKey() == null
                        || TouchedKeys.of(e.entry().value()).contains(query.publicApiKey()))
                .filter(e -> query.from() == null || !e.time().isBefore(query.from()))
                .filter(e -> query.to() == null || e.time().isBefore(query.to()))
                .limit(query.limit())
                .toList())
        .flatMapIterable(all -> all);
  }

  @Override
  public Flux<LoggedEvent> byAccount(long below) {
    return call(() ->
            events.headMap(below, false).values().stream()
                .sorted(
                    Comparator.comparing(
                            (LoggedEvent event) -> event.entry().key(), Arrays::compareUnsigned)
                        .thenComparingLong(LoggedEvent::position))
                .toList())
        .flatMapIterable(all -> all);
  }

  @Override
  public Mono<LoggedEvent> find(String account, long position) {
    return find(EventQuery.ofAccount(account, -1, Long.MAX_VALUE, Integer.MAX_VALUE))
        .filter(event -> event.position() == position)
        .next();
  }

  @Override
  public Mono<FullTile> tile(int level, long index) {
    return call(() -> tiles).mapNotNull(all -> all.get(new Tile(level, index, Tile.FULL)));
  }

  @Override
  public Mono<List<Hash>> roots(int level, long from, int atMost) {
    return call(() ->
        prefix(from, atMost, index -> tiles.get(new Tile(level, index, Tile.FULL))).stream()
            .map(FullTile::root)
            .toList());
  }

  @Override
  public Mono<Void> save(Collection<FullTile> full) {
    return call(
            () -> {
              full.forEach(
                  tile -> tiles.putIfAbsent(new Tile(tile.level(), tile.index(), Tile.FULL), tile));
              return true;
            })
        .then();
  }

  @Override
  public Mono<Long> size() {
    return call(() -> size);
  }

  @Override
  public Mono<Boolean> grow(long from, long to) {
    return call(() -> {
      boolean same = size == from;
      size = same ? to : size;
      return same;
    });
  }

  @Override
  public Mono<Void> save(SignedCheckpoint newer) {
    return call(
            () -> {
              if (checkpoint == null || checkpoint.size() < newer.size()) {
                checkpoint = newer;
              }
              return true;
            })
        .then();
  }

  @Override
  public Mono<SignedCheckpoint> checkpoint() {
    return call(() -> List.<SignedCheckpoint>of())
        .mapNotNull(_ -> {
          synchronized (this) {
            return checkpoint;
          }
        });
  }

  @Override
  public Mono<List<Offset>> offsets() {
    return call(() -> List.copyOf(offsets.values()));
  }

  @Override
  public Mono<Void> advance(Collection<Offset> steps) {
    return call(
            () -> {
              for (Offset step : steps) {
                offsets.merge(
                    step.topic() + "-" + step.partition(),
                    step,
                    (there, next) -> next.next() >= there.next() ? next : there);
              }
              return true;
            })
        .then();
  }

  @Override
  public Mono<Void> raise(Alarm alarm) {
    return call(
            () -> {
              alarms.putIfAbsent(alarm.id(), alarm);
              return true;
            })
        .then();
  }

  @Override
  public Mono<Long> alarms() {
    return call(() -> (long) alarms.size());
  }

  private static <T> List<T> prefix(long from, int atMost, LongFunction<@Nullable T> at) {
    List<T> found = new ArrayList<>();
    for (long index = from; index < from + atMost; index++) {
      T next = at.apply(index);
      if (next == null) {
        break;
      }
      found.add(next);
    }
    return found;
  }

  private <T> Mono<T> call(Supplier<T> work) {
    return Mono.fromSupplier(() -> {
      if (down) {
        throw new ViewStoreException(new IllegalStateException("inside: 10.0.0.7:27017"));
      }
      synchronized (this) {
        return work.get();
      }
    });
  }
}
