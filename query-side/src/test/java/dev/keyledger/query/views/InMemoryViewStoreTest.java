package dev.keyledger.query.views;

/** The fake keeps the store's contract. */
class InMemoryViewStoreTest extends ViewStoreContract {
  private final InMemoryViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }

  @Override
  protected long setAside(String topic, int partition, long offset) {
    return store.aside().stream()
        .filter(r -> r.topic().equals(topic) && r.partition() == partition && r.offset() == offset)
        .count();
  }
}
