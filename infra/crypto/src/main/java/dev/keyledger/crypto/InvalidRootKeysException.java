package dev.keyledger.crypto;

/** Root keys that a service can't start with. The message is a sentence for the operator. */
public final class InvalidRootKeysException extends IllegalArgumentException {
  InvalidRootKeysException(String message) {
    super(message);
  }
}
