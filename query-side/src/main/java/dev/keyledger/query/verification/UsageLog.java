package dev.keyledger.query.verification;

import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.memory.LiveKeys;
import dev.keyledger.query.verification.UsageStore.Entry;
import dev.keyledger.query.verification.UsageStore.KeyName;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes the last use of each key and writes what is new to the store every few seconds in one go,
 * and at shutdown. New is another minute or another address: of uses from one address in one minute
 * only the first is written, so that where two nodes hear of two addresses, an earlier one may
 * count. A node that is killed loses what it noted since it wrote last.
 *
 * <p>Uses of keys that are no more are cleared away: of those that go while this node runs, and
 * once after its start of those that went while no node saw it.
 */
final class UsageLog implements SmartLifecycle {
  private static final Duration AT_SHUTDOWN = Duration.ofSeconds(5);
  private static final long SECONDS_PER_MINUTE = 60;
  private static final int LEFT_FOR = 4;
  private static final int CLEARED_AT_ONCE = 10_000;
  private static final Logger log = LoggerFactory.getLogger(UsageLog.class);

  private final UsageStore store;
  private final LiveKeys keys;
  private final InstantSource clock;
  private final Duration interval;
  private final ConcurrentHashMap<KeyId, Noted> notes = new ConcurrentHashMap<>();
  private final Queue<Departed> departed = new ConcurrentLinkedQueue<>();
  private volatile boolean leftoversFound;
  private volatile @Nullable Disposable writing;

  /** A key that is no more, and when that was heard. */
  private record Departed(KeyName key, Instant at) {}

  /** A use, and whether it is in the store already. */
  private static final class Noted {
    private final String accountId;
    private final Instant at;
    private final InetAddress source;
    private volatile boolean written;

    Noted(String accountId, Instant at, InetAddress source) {
      this.accountId = accountId;
      this.at = at;
      this.source = source;
    }

    boolean covers(Instant other, InetAddress otherSource) {
      return minute(at) == minute(other) && source.equals(otherSource);
    }

    Entry entry(KeyId key) {
      return new Entry(accountId, key.text(), new LastUse(at, NetUtil.toAddressString(source)));
    }
  }

  UsageLog(UsageStore store, LiveKeys keys, InstantSource clock, Duration interval) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.interval = interval;
  }

  /** Notes that a key was used just now. */
  void used(String accountId, KeyId key, InetAddress source) {
    Instant now = clock.instant();
    Noted last = notes.get(key);
    if (last == null || !last.covers(now, source)) {
      notes.put(key, new Noted(accountId, now, source));
    }
  }

  /**
   * A key is no more. Every node hears that and clears it away a while after, when no node has a
   * use of it left to write.
   */
  void gone(String accountId, KeyId key) {
    notes.remove(key);
    departed.add(new Departed(new KeyName(accountId, key.text()), clock.instant()));
  }

  /** Writes what is new; what can't be written is tried again the next time. */
  Mono<Void> write() {
    return Mono.defer(
            () -> {
              long minute = minute(clock.instant());
              List<Noted> fresh = new ArrayList<>();
              List<Entry> entries = new ArrayList<>();
              notes.forEach((key, noted) -> {
                if (!noted.written) {
                  add(key, noted, fresh, entries);
                } else if (minute(noted.at) < minute) {
                  notes.remove(key, noted);
                }
              });
              return entries.isEmpty()
                  ? Mono.<Void>empty()
                  : store
                      .save(entries)
                      .doOnSuccess(_ -> fresh.forEach(noted -> noted.written = true));
            })
        .onErrorResume(failure -> {
          log.warn("the last uses of keys can't be written now: {}", failure.toString());
          return Mono.empty();
        });
  }

  /** A note that can't be written is dropped, and keeps no other from being written. */
  private void add(KeyId key, Noted noted, List<Noted> fresh, List<Entry> entries) {
    try {
      entries.add(noted.entry(key));
      fresh.add(noted);
    } catch (RuntimeException e) {
      notes.remove(key, noted);
      log.warn("a last use of a key can't be written: {}", e.toString());
    }
  }

  /**
   * Clears away keys that are no more. One that this node did not know of yet when it looked for
   * leftovers may be known by now, and stays.
   */
  Mono<Void> clear() {
    return findLeftovers()
        .then(
            Mono.defer(() -> {
              Instant old = clock.instant().minus(interval.multipliedBy(LEFT_FOR));
              List<Departed> due =
                  departed.stream()
                      .takeWhile(next -> !next.at().isAfter(old))
                      .limit(CLEARED_AT_ONCE)
                      .toList();
              List<KeyName> gone =
                  due.stream().map(Departed::key).filter(key -> !isLive(key)).toList();
              return (gone.isEmpty() ? Mono.<Void>empty() : store.forget(gone))
                  .doOnSuccess(_ -> due.forEach(_ -> departed.remove()));
            }))
        .onErrorResume(failure -> {
          log.warn("uses of deleted keys can't be cleared away now: {}", failure.toString());
          return Mono.empty();
        });
  }

  /** Once, as soon as all live keys are known. */
  private Mono<Void> findLeftovers() {
    if (leftoversFound || !keys.ready() || !keys.stopped().isEmpty()) {
      return Mono.empty();
    }
    return store
        .all()
        .filter(key -> !isLive(key))
        .collectList()
        .doOnNext(found -> {
          Instant now = clock.instant();
          found.forEach(key -> departed.add(new Departed(key, now)));
          leftoversFound = true;
        })
        .then();
  }

  private boolean isLive(KeyName key) {
    return KeyId.parse(key.publicApiKey()).flatMap(keys::find).isPresent();
  }

  @Override
  public void start() {
    writing =
        Flux.interval(interval)
            .onBackpressureDrop()
            .concatMap(_ -> write().then(clear()), 1)
            .subscribe();
  }

  @Override
  public void stop() {
    Disposable running = writing;
    if (running != null) {
      running.dispose();
      writing = null;
      write().onErrorComplete().block(AT_SHUTDOWN);
    }
  }

  /** Outlasts the web server. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public boolean isRunning() {
    return writing != null;
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SECONDS_PER_MINUTE);
  }
}
