package dev.keyledger.command.mail;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The addresses in PostgreSQL, in the transaction of the command that named them. */
final class JdbcContacts implements Contacts {
  private final JdbcClient jdbc;
  private final InstantSource clock;

  JdbcContacts(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public void remember(String accountId, String email) {
    jdbc.sql(
            """
            INSERT INTO contact (account_id, email, updated_at) VALUES (?, ?, ?)
            ON CONFLICT (account_id) DO UPDATE SET email = excluded.email, updated_at = excluded.updated_at
            WHERE contact.email <> excluded.email\
            """)
        .params(accountId, email, Timestamp.from(clock.instant()))
        .update();
  }

  @Override
  public void forget(String accountId) {
    jdbc.sql("DELETE FROM contact WHERE account_id = ?").param(accountId).update();
  }

  @Override
  public Optional<String> of(String accountId) {
    return jdbc.sql("SELECT email FROM contact WHERE account_id = ?")
        .param(accountId)
        .query(String.class)
        .optional();
  }
}
