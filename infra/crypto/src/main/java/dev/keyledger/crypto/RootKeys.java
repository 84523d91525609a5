package dev.keyledger.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.jspecify.annotations.Nullable;

/**
 * The 256-bit keys that come from outside and that everything secret is derived from, with HKDF
 * (RFC 5869) over SHA-256, no salt, and one label per purpose. What a derived key is for is part of
 * the {@code info}: the label, then each part of the context, every one of them preceded by its
 * length in bytes as two bytes, most significant first. The test vectors are in {@code
 * docs/derivation.md}.
 */
public final class RootKeys {
  private static final int BYTES = 32;

  private final String current;
  private final Map<String, byte[]> keys = new TreeMap<>();

  /**
   * @param current id of the key for what is made from now on
   * @param base64 id → key, 32 bytes in Base64
   * @throws InvalidRootKeysException with a sentence for the operator, which never quotes a key
   */
  public RootKeys(String current, Map<String, String> base64) {
    if (base64.isEmpty()) {
      throw new InvalidRootKeysException(
          "No root key is configured: set keyledger.root-keys.current to an id and"
              + " keyledger.root-keys.keys.<id> to 32 random bytes in Base64.");
    }
    base64.forEach((id, key) -> keys.put(id, decode(id, key)));
    if (!keys.containsKey(current)) {
      throw new InvalidRootKeysException(
          "keyledger.root-keys.current names '"
              + current
              + "', but the configured ids are "
              + keys.keySet()
              + ".");
    }
    this.current = current;
  }

  /** Id of the key for what is made from now on. */
  public String current() {
    return current;
  }

  /** All ids, for what was made before. */
  public Set<String> ids() {
    return keys.keySet();
  }

  /**
   * Derives bytes for one purpose.
   *
   * @param length number of bytes
   * @throws UnknownRootKeyException if no key with this id is configured
   */
  public byte[] derive(String rootKeyId, Purpose purpose, int length, String... context) {
    byte[] key = keys.get(rootKeyId);
    if (key == null) {
      throw new UnknownRootKeyException(rootKeyId);
    }
    return hkdf(key, null, purpose.info(context), length);
  }

  static byte[] hkdf(byte[] key, byte @Nullable [] salt, byte[] info, int length) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(key, salt, info));
    byte[] derived = new byte[length];
    hkdf.generateBytes(derived, 0, length);
    return derived;
  }

  private static byte[] decode(String id, String base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip().getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException notBase64) {
      throw new InvalidRootKeysException("Root key '" + id + "' is not Base64.");
    }
    if (key.length != BYTES) {
      throw new InvalidRootKeysException(
          "Root key '" + id + "' has " + key.length + " bytes; it must have " + BYTES + ".");
    }
    return key;
  }
}
