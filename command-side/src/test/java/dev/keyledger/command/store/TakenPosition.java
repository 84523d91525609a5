package dev.keyledger.command.store;

import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.TestNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A while in which another transaction has taken the first position of an account, and hangs. */
final class TakenPosition implements AutoCloseable {
  private final JdbcClient jdbc;
  private final Connection connection;
  private final int pid;

  TakenPosition(TestNode node, Holder holder) throws SQLException {
    jdbc = node.jdbc();
    connection = node.get(DataSource.class).getConnection();
    connection.setAutoCommit(false);
    pid = connection.unwrap(PGConnection.class).getBackendPID();
    EventRow row = EventRow.of(Enrolments.event(holder.accountId(), 0), new EventSerializer());
    try (PreparedStatement insert = connection.prepareStatement(EventRows.APPEND)) {
      new EventRows(List.of(row)).append(insert);
    }
  }

  /** Returns when somebody is stuck because of it. */
  void awaitWaiter() {
    await()
        .until(
            jdbc.sql(
                        """
                        SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))\
                        """)
                    .param(pid)
                    .query(Long.class)
                ::single,
            waiters -> waiters > 0);
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
