package dev.keyledger.command.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/** Axon's cache on Caffeine: bounded, least recently used key rings go first. */
final class RingCache implements Cache {
  private final com.github.benmanes.caffeine.cache.Cache<Object, Object> rings;

  RingCache(int most) {
    this.rings = Caffeine.newBuilder().maximumSize(most).build();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  public <K, V> V get(K key) {
    return (V) rings.getIfPresent(key);
  }

  @Override
  public void put(Object key, Object value) {
    rings.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    return rings.asMap().putIfAbsent(key, value) == null;
  }

  @Override
  public boolean remove(Object key) {
    return rings.asMap().remove(key) != null;
  }

  @Override
  public void removeAll() {
    rings.invalidateAll();
  }

  @Override
  public boolean containsKey(Object key) {
    return rings.asMap().containsKey(key);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
    rings.asMap().computeIfPresent(key, (k, old) -> update.apply((V) old));
  }

  /** Nothing in Keyledger listens to the cache. */
  @Override
  public @Nullable Registration registerCacheEntryListener(EntryListener listener) {
    throw new UnsupportedOperationException("This cache has no listeners.");
  }
}
