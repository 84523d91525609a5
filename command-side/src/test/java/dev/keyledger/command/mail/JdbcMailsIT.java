package dev.keyledger.command.mail;

import dev.keyledger.command.MigratedDatabase;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The contract on PostgreSQL. */
class JdbcMailsIT extends MailsContract {
  private static final JdbcClient JDBC = MigratedDatabase.fresh();

  @Override
  void reset() {
    JDBC.sql("TRUNCATE mail").update();
  }

  @Override
  Mails node(String nodeId, InstantSource clock) {
    return new JdbcMails(JDBC, clock, nodeId);
  }
}
