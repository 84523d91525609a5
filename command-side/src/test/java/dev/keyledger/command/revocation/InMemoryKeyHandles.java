package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Algorithm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Handles in memory, for tests. */
final class InMemoryKeyHandles implements KeyHandles {
  private final Map<String, KeyHandle> handles = new ConcurrentSkipListMap<>();

  @Override
  public void put(KeyHandle handle) {
    handles.put(handle.publicApiKey(), handle);
  }

  @Override
  public void remove(String publicApiKey) {
    handles.remove(publicApiKey);
  }

  @Override
  public void removeAll(String accountId) {
    handles.values().removeIf(handle -> handle.accountId().equals(accountId));
  }

  @Override
  public Optional<KeyHandle> of(String publicApiKey) {
    return Optional.ofNullable(handles.get(publicApiKey));
  }

  @Override
  public List<KeyHandle> of(Algorithm algorithm, String fingerprint) {
    return handles.values().stream()
        .filter(handle -> handle.algorithm() == algorithm)
        .filter(handle -> fingerprint.equals(handle.fingerprint()))
        .toList();
  }

  @Override
  public List<KeyHandle> incomplete() {
    return handles.values().stream().filter(handle -> handle.fingerprint() == null).toList();
  }
}
