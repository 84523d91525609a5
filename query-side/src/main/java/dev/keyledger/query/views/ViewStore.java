package dev.keyledger.query.views;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where one generation of the views is kept, with the offsets beside them. It can be dropped at any
 * time.
 */
public interface ViewStore extends ViewSource {

  /** The views of those accounts that have one. */
  Mono<Map<String, AccountView>> findAll(Collection<String> accountIds);

  /** Every view that there is, in no order; what is written meanwhile may or may not be in it. */
  Flux<AccountView> all();

  /**
   * Writes views, each only over the state that it was decided on.
   *
   * @return false if another writer was there first for some; the others are written
   */
  Mono<Boolean> save(Collection<Change> changes);

  /** Keeps records that could not go into a view; a repeat changes nothing. */
  Mono<Void> setAside(Collection<SetAside> records);

  /** How far each partition has been read, by partition. */
  Mono<Map<Integer, Progress>> progress();

  /** Moves on to these offsets; what would go back changes nothing. */
  Mono<Void> advance(Collection<Progress> progress);
}
