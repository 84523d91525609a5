package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand.DisableLeakedKey;
import dev.keyledger.command.keyring.Outcome.KeyStopped;
import dev.keyledger.command.revocation.Fingerprints.Fingerprint;
import dev.keyledger.command.store.KeyRings;
import dev.keyledger.signatures.SignedRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Disables keys for whoever proves to hold their secrets. */
public final class Revocations {
  private final KeyHandles handles;
  private final Proofs proofs;
  private final KeyRings keyRings;

  Revocations(KeyHandles handles, Proofs proofs, KeyRings keyRings) {
    this.handles = handles;
    this.proofs = proofs;
    this.keyRings = keyRings;
  }

  /**
   * A key that does not work now.
   *
   * @param position of its key ring
   */
  public record Revoked(String publicApiKey, long position) {}

  /**
   * Disables the key that a secret is of; all of them where a caller brought the same key more than
   * once.
   *
   * @param secret {@code kl_sec_…} or a private key in PKCS#8 PEM
   * @return the first of them; empty if there is none
   */
  public Optional<Revoked> bySecret(String secret) {
    // Something is looked up for anything, so that the time tells less.
    Fingerprint fingerprint = Fingerprints.of(secret).orElse(Fingerprints.NONE);
    List<Optional<Revoked>> all =
        handles.of(fingerprint.algorithm(), fingerprint.value()).stream()
            .map(this::disable)
            .toList();
    return all.stream().flatMap(Optional::stream).findFirst();
  }

  /**
   * Disables the key that a request was signed with.
   *
   * @param targetUri absolute, its path ending in {@code /v1/revocations}
   * @return empty if the request proves nothing
   */
  public Optional<Revoked> byProof(
      String method, String targetUri, Map<String, List<String>> headers) {
    URI target;
    try {
      target = new URI(targetUri);
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
    return proofs
        .keyOf(new SignedRequest(method, target, headers, new byte[0]))
        .flatMap(this::disable);
  }

  private Optional<Revoked> disable(KeyHandle handle) {
    Decision decision =
        keyRings.send(new DisableLeakedKey(handle.accountId(), handle.publicApiKey()), null);
    return decision.outcome() instanceof KeyStopped stopped
        ? Optional.of(new Revoked(stopped.key().publicApiKey(), decision.position()))
        : Optional.empty();
  }
}
