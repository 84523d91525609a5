package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * By what a key is found by who holds its secret. Nothing in it is secret.
 *
 * @param fingerprint in Base64: the SHA-256 of the secret of an {@code hmac-sha256} key, the raw
 *     public key of an {@code ed25519} key; null while the root key of the secret is not configured
 * @param secretRootKeyId names the root key that the secret is derived from; null for {@code
 *     ed25519}
 */
record KeyHandle(
    String publicApiKey,
    String accountId,
    Algorithm algorithm,
    @Nullable String fingerprint,
    @Nullable String secretRootKeyId) {}
