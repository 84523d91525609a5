package dev.keyledger.query.audit;

/** The fake keeps the store's contract. */
class InMemoryLogStoreTest extends LogStoreContract {
  private final InMemoryLogStore store = new InMemoryLogStore();

  @Override
  protected LogStore store() {
    return store;
  }
}
