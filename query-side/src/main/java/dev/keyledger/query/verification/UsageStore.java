package dev.keyledger.query.verification;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the last uses of keys are kept for all nodes. It can be dropped at any time. */
public interface UsageStore {

  /** One key's use, of which the latest counts. */
  record Entry(String accountId, String publicApiKey, LastUse use) {}

  /** Takes uses down; one that is older than what is there changes nothing. */
  Mono<Void> save(Collection<Entry> entries);

  /** A key, and whose it is. */
  record KeyName(String accountId, String publicApiKey) {}

  /** Forgets keys that are no more. */
  Mono<Void> forget(Collection<KeyName> keys);

  /** All keys of which a use is kept. */
  Flux<KeyName> all();

  /** The last uses of an account's keys, by public API key. */
  Mono<Map<String, LastUse>> find(String accountId);
}
