package dev.keyledger.command.due;

import dev.keyledger.command.MigratedDatabase;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The contract on PostgreSQL. */
class JdbcDueStepsIT extends DueStepsContract {
  private static final JdbcClient JDBC = MigratedDatabase.fresh();

  @Override
  void reset() {
    JDBC.sql("TRUNCATE due_step").update();
  }

  @Override
  DueSteps node(String nodeId, InstantSource clock) {
    return new JdbcDueSteps(JDBC, clock, nodeId);
  }
}
