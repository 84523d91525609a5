package dev.keyledger.command;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in a sentence, and without a stack trace, why the service could not start. */
final class StartFailures {
  private static final String CONNECTION = "08";
  private static final String AUTHORISATION = "28";

  private StartFailures() {}

  /** A setting that is missing or wrong. */
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static final class OfSettings extends AbstractFailureAnalyzer<InvalidSettingException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidSettingException cause) {
      return new FailureAnalysis(
          cause.getMessage(), "Correct the setting and start the service again.", cause);
    }
  }

  /** A database that doesn't answer, or not to us (SQLSTATE classes 08 and 28). */
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static final class OfDatabase extends AbstractFailureAnalyzer<SQLException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
      String state = cause.getSQLState();
      return state == null || !(state.startsWith(CONNECTION) || state.startsWith(AUTHORISATION))
          ? null
          : new FailureAnalysis(
              "PostgreSQL is not to be had: " + cause.getMessage(),
              "Check spring.datasource.url, username and password, and that the server runs;"
                  + " then start the service again.",
              cause);
    }
  }
}
