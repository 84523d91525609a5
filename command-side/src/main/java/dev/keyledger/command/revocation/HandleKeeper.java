package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.crypto.ApiSecrets;
import dev.keyledger.crypto.UnknownRootKeyException;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.events.KeyRingEvent.KeyCreated;
import dev.keyledger.events.KeyRingEvent.KeyDeleted;
import dev.keyledger.events.KeyRingEvent.KeyRotated;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told of the events and keeps the handles in step with the keys that there are. */
public class HandleKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(HandleKeeper.class);

  private final KeyHandles handles;
  private final ApiSecrets secrets;

  HandleKeeper(KeyHandles handles, ApiSecrets secrets) {
    this.handles = handles;
    this.secrets = secrets;
  }

  void on(KeyRingEvent event) {
    switch (event) {
      case KeyCreated e ->
          put(
              e.publicApiKey(),
              e.accountId(),
              e.algorithm(),
              e.verificationKey(),
              e.secretRootKeyId());
      case KeyRotated e ->
          put(
              e.newPublicApiKey(),
              e.accountId(),
              e.algorithm(),
              e.verificationKey(),
              e.secretRootKeyId());
      case KeyDeleted e -> handles.remove(e.publicApiKey());
      case AllKeysDeleted e -> handles.removeAll(e.accountId());
      default -> {}
    }
  }

  /** Makes up for what could not be derived while a root key was not configured. */
  void complete() {
    for (KeyHandle handle : handles.incomplete()) {
      put(
          handle.publicApiKey(),
          handle.accountId(),
          handle.algorithm().publicName(),
          null,
          handle.secretRootKeyId());
    }
  }

  private void put(
      String publicApiKey,
      String accountId,
      String algorithmName,
      @Nullable String verificationKey,
      @Nullable String secretRootKeyId) {
    Algorithm algorithm = Algorithm.parse(algorithmName).orElseThrow();
    String fingerprint =
        switch (algorithm) {
          case ED25519 -> Objects.requireNonNull(verificationKey);
          case HMAC_SHA256 -> fingerprint(Objects.requireNonNull(secretRootKeyId), publicApiKey);
        };
    handles.put(new KeyHandle(publicApiKey, accountId, algorithm, fingerprint, secretRootKeyId));
  }

  private @Nullable String fingerprint(String rootKeyId, String publicApiKey) {
    try {
      return Fingerprints.ofApiSecret(secrets.derive(rootKeyId, publicApiKey).reveal());
    } catch (UnknownRootKeyException missing) {
      LOG.warn("A key can't be revoked by its secret: {}", missing.getMessage());
      return null;
    }
  }
}
