package dev.keyledger.query.views;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Where answers come from. */
public interface ViewSource {

  /** The view of an account; {@link AccountView#unknown} if there is none. */
  Mono<AccountView> find(String accountId);

  /** The positions of those accounts that have a view. */
  Mono<Map<String, Long>> positions(Collection<String> accountIds);
}
