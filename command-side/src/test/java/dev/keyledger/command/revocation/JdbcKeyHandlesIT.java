package dev.keyledger.command.revocation;

import dev.keyledger.command.MigratedDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The contract on PostgreSQL. */
class JdbcKeyHandlesIT extends KeyHandlesContract {
  private static final JdbcClient JDBC = MigratedDatabase.fresh();

  @Override
  KeyHandles handles() {
    JDBC.sql("TRUNCATE key_handle").update();
    return new JdbcKeyHandles(JDBC);
  }
}
