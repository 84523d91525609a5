package dev.keyledger.command.store;

import static org.awaitility.Awaitility.await;

import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A while in which nobody can append: one command of the node is stuck in its commit, and those
 * that are begun meanwhile wait to be the next group. Its end lets them go.
 */
final class Meeting implements AutoCloseable {
  private final MeterRegistry meters;
  private final Connection connection;

  Meeting(TestNode node) throws SQLException {
    meters = node.get(MeterRegistry.class);
    connection = node.get(DataSource.class).getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE domain_event IN SHARE ROW EXCLUSIVE MODE");
    }
    CompletableFuture<Challenge> _ = start(() -> node.holder().open("Bot1x"));
    await().until(this::somebodyIsStuck);
  }

  /** Begins a command, and returns when it waits for its commit. */
  <T> CompletableFuture<T> begin(Supplier<T> command) {
    double before = waiting();
    CompletableFuture<T> begun = start(command);
    await().until(() -> waiting() == before + 1);
    return begun;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }

  private static <T> CompletableFuture<T> start(Supplier<T> command) {
    return CompletableFuture.supplyAsync(command, Thread::startVirtualThread);
  }

  private double waiting() {
    return meters.get("keyledger.commits.waiting").gauge().value();
  }

  private boolean somebodyIsStuck() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet locks =
            statement.executeQuery(
                "SELECT FROM pg_locks WHERE relation = 'domain_event'::regclass AND NOT granted")) {
      return locks.next();
    }
  }
}
