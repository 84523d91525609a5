package dev.keyledger.crypto;

/** The secrets of {@code hmac-sha256} API keys, derived when they are needed and kept nowhere. */
public final class ApiSecrets {
  private static final int BYTES = 32;

  private final RootKeys rootKeys;

  public ApiSecrets(RootKeys rootKeys) {
    this.rootKeys = rootKeys;
  }

  /**
   * The secret of one key, as its holder was shown it.
   *
   * @param rootKeyId id of the root key that was current when the key was made
   * @throws UnknownRootKeyException if no root key with this id is configured
   */
  public SecretText derive(String rootKeyId, String publicApiKey) {
    byte[] bytes = rootKeys.derive(rootKeyId, Purpose.API_SECRET, BYTES, publicApiKey);
    return SecretText.of(KeyForm.API_SECRET.write(bytes));
  }
}
