package dev.keyledger.crypto;

/**
 * Something was derived from a root key that this service was not given. It is an outage of what
 * was derived, and never a reason to accept it.
 */
public final class UnknownRootKeyException extends IllegalStateException {
  UnknownRootKeyException(String rootKeyId) {
    super("Root key '" + rootKeyId + "' is not configured.");
  }
}
