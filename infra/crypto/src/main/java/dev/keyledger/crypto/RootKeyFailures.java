package dev.keyledger.crypto;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in a sentence, and without a stack trace, what is wrong with the root keys. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RootKeyFailures extends AbstractFailureAnalyzer<InvalidRootKeysException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidRootKeysException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Correct the setting and start the service again.", cause);
  }
}
