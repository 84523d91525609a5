package dev.keyledger.query.memory;

import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.KeyView;
import dev.keyledger.query.views.TwoFactor;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes views small, and whole enough again for an event to change them: so there is one set of
 * rules for what an event does. What is equal in many keys is kept once, up to a bound. Used by one
 * thread at a time.
 */
final class Compaction {
  private static final int ED25519_BYTES = 32;
  private static final int MOST_SHARED = 10_000;
  private static final String ED25519 = "ed25519";
  private static final String HMAC_SHA256 = "hmac-sha256";
  private static final Credential UNUSABLE = new Credential.Unusable();

  private final Map<Rights, KeyRights> rights = new HashMap<>();
  private final Map<Object, Object> shared = new HashMap<>();

  LiveAccount compact(AccountView view) {
    List<LiveKey> keys = new ArrayList<>(view.keys().size());
    for (KeyView key : view.keys()) {
      // A name of another form could never be asked for.
      KeyId.parse(key.publicApiKey()).ifPresent(id -> keys.add(compact(id, key)));
    }
    return new LiveAccount(
        view.accountId(),
        view.partition(),
        view.position(),
        view.knownPosition(),
        List.copyOf(keys));
  }

  /** Without what no event's effect depends on. */
  static AccountView expand(LiveAccount account) {
    return new AccountView(
        account.accountId(),
        account.partition(),
        account.position(),
        account.knownPosition(),
        TwoFactor.DISABLED,
        account.keys().stream().map(Compaction::expand).toList());
  }

  private LiveKey compact(KeyId id, KeyView key) {
    return new LiveKey(
        id,
        share(key.label()),
        credential(key),
        rights(key.rights()),
        key.disabledReason() != null,
        key.expiresAt(),
        key.retiresAt());
  }

  private static KeyView expand(LiveKey key) {
    Credential credential = key.credential();
    return new KeyView(
        key.id().text(),
        key.label(),
        switch (credential) {
          case Credential.Ed25519 _ -> ED25519;
          case Credential.HmacSha256 _ -> HMAC_SHA256;
          case Credential.Unusable _ -> "";
        },
        credential instanceof Credential.Ed25519(byte[] publicKey)
            ? Base64.getEncoder().encodeToString(publicKey)
            : null,
        credential instanceof Credential.HmacSha256(String rootKeyId) ? rootKeyId : null,
        key.rights().asGiven(),
        key.disabled() ? "" : null,
        key.expiresAt(),
        key.retiresAt(),
        null,
        null,
        "",
        "");
  }

  private Credential credential(KeyView key) {
    String rootKeyId = key.secretRootKeyId();
    return switch (key.algorithm()) {
      case ED25519 ->
          publicKey(key.verificationKey())
              .<Credential>map(Credential.Ed25519::new)
              .orElse(UNUSABLE);
      case HMAC_SHA256 ->
          rootKeyId == null ? UNUSABLE : share(new Credential.HmacSha256(rootKeyId));
      default -> UNUSABLE;
    };
  }

  private static Optional<byte[]> publicKey(@Nullable String base64) {
    try {
      return Optional.ofNullable(base64)
          .map(Base64.getDecoder()::decode)
          .filter(bytes -> bytes.length == ED25519_BYTES);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private KeyRights rights(Rights given) {
    KeyRights known = rights.get(given);
    if (known != null) {
      return known;
    }
    RateLimit limit = given.rateLimit();
    KeyRights fresh =
        new KeyRights(new Rights(share(given.permissions()), share(given.trustedIps()), limit));
    if (rights.size() < MOST_SHARED) {
      rights.put(fresh.asGiven(), fresh);
    }
    return fresh;
  }

  @SuppressWarnings("unchecked") // what is equal to a T is one here: strings, lists, credentials
  private <T> T share(T value) {
    Object known = shared.get(value);
    if (known != null) {
      return (T) known;
    }
    if (shared.size() < MOST_SHARED) {
      shared.put(value, value);
    }
    return value;
  }
}
