package dev.keyledger.http;

import java.io.IOException;
import org.springframework.boot.logging.StackTracePrinter;
import org.springframework.boot.logging.StandardStackTracePrinter;

/**
 * Prints stack traces into the log without suppressed exceptions: Reactor adds the way that a
 * request took as one of them, and that quotes the address with its query.
 */
final class StackTraces implements StackTracePrinter {
  private final StackTracePrinter printer =
      StandardStackTracePrinter.rootLast().withoutSuppressed();

  @Override
  public void printStackTrace(Throwable thrown, Appendable out) throws IOException {
    printer.printStackTrace(thrown, out);
  }
}
