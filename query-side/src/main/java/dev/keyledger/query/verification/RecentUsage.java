package dev.keyledger.query.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * The last uses of keys as lists show them: exact to a minute, so what was read a moment ago need
 * not be read again for each list.
 */
public final class RecentUsage {
  static final Duration FOR = Duration.ofSeconds(5);
  private static final int ACCOUNTS = 10_000;

  private final UsageStore store;
  private final Cache<String, Map<String, LastUse>> read;

  /**
   * @param nanoTime what {@link System#nanoTime} gives
   */
  RecentUsage(UsageStore store, LongSupplier nanoTime) {
    this.store = store;
    this.read =
        Caffeine.newBuilder()
            .expireAfterWrite(FOR)
            .maximumSize(ACCOUNTS)
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /** The last uses of an account's keys, by public API key; up to {@link #FOR} old. */
  public Mono<Map<String, LastUse>> find(String accountId) {
    Map<String, LastUse> known = read.getIfPresent(accountId);
    return known != null
        ? Mono.just(known)
        : store.find(accountId).doOnNext(found -> read.put(accountId, found));
  }
}
