package dev.keyledger.command;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells a store that can't be reached from a fault of our own. */
public final class StoreOutage {
  private StoreOutage() {}

  /**
   * Whether the database could not be reached, shut down or gave up waiting: SQLSTATE classes 08,
   * 53 and 57, and 55P03 (PostgreSQL manual, appendix A), or no connection came free or no turn to
   * commit came in time.
   */
  public static boolean isCauseOf(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof TimeoutException
          || (cause instanceof SQLException sql && isOutage(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutage(@Nullable String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("08")
            || sqlState.startsWith("53")
            || sqlState.startsWith("57")
            || sqlState.equals("55P03"));
  }
}
