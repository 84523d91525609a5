package dev.keyledger.gateway;

import org.jspecify.annotations.Nullable;

/** Keyledger could not be asked, or its answer can't be relied on: the request must not pass. */
final class VerifierUnavailableException extends RuntimeException {
  VerifierUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
