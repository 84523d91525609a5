package dev.keyledger.command.mail;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses in memory, for tests. */
public final class InMemoryContacts implements Contacts {
  private final Map<String, String> addresses = new ConcurrentHashMap<>();

  @Override
  public void remember(String accountId, String email) {
    addresses.put(accountId, email);
  }

  @Override
  public void forget(String accountId) {
    addresses.remove(accountId);
  }

  @Override
  public Optional<String> of(String accountId) {
    return Optional.ofNullable(addresses.get(accountId));
  }
}
