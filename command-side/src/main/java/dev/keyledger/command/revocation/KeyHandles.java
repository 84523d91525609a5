package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Algorithm;
import java.util.List;
import java.util.Optional;

/** The handles of all keys that were not deleted. */
interface KeyHandles {

  /** Notes a handle, instead of the one that was noted for the key before. */
  void put(KeyHandle handle);

  void remove(String publicApiKey);

  void removeAll(String accountId);

  Optional<KeyHandle> of(String publicApiKey);

  /** The keys that a secret is of: more than one if a caller brought the same key twice. */
  List<KeyHandle> of(Algorithm algorithm, String fingerprint);

  /** Handles that lack their fingerprint. */
  List<KeyHandle> incomplete();
}
