package dev.keyledger.query.views;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands every call on, so that a test can change one of them. */
public class ForwardingViewStore implements ViewStore {
  private final ViewStore store;

  protected ForwardingViewStore(ViewStore store) {
    this.store = store;
  }

  @Override
  public Mono<AccountView> find(String accountId) {
    return store.find(accountId);
  }

  @Override
  public Mono<Map<String, AccountView>> findAll(Collection<String> accountIds) {
    return store.findAll(accountIds);
  }

  @Override
  public Flux<AccountView> all() {
    return store.all();
  }

  @Override
  public Mono<Map<String, Long>> positions(Collection<String> accountIds) {
    return store.positions(accountIds);
  }

  @Override
  public Mono<Boolean> save(Collection<Change> changes) {
    return store.save(changes);
  }

  @Override
  public Mono<Void> setAside(Collection<SetAside> records) {
    return store.setAside(records);
  }

  @Override
  public Mono<Map<Integer, Progress>> progress() {
    return store.progress();
  }

  @Override
  public Mono<Void> advance(Collection<Progress> progress) {
    return store.advance(progress);
  }
}
