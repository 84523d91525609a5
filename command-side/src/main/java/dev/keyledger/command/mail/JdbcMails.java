package dev.keyledger.command.mail;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mails in PostgreSQL, shared by all nodes. */
final class JdbcMails implements Mails {
  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final String nodeId;

  JdbcMails(JdbcClient jdbc, InstantSource clock, String nodeId) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.nodeId = nodeId;
  }

  @Override
  public void note(String accountId, long position) {
    jdbc.sql(
            """
            INSERT INTO mail (account_id, position, state, due_at) VALUES (?, ?, 'pending', ?)
            ON CONFLICT DO NOTHING\
            """)
        .params(accountId, position, now())
        .update();
  }

  @Override
  public List<Due> claim(int most) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            UPDATE mail SET claimed_by = ?, due_at = ?, attempts = attempts + 1
            WHERE (account_id, position) IN (
                SELECT account_id, position FROM mail WHERE state = 'pending' AND due_at <= ?
                ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING account_id, position, attempts\
            """)
        .params(nodeId, Timestamp.from(now.plus(LEASE)), Timestamp.from(now), most)
        .query((row, n) -> new Due(row.getString(1), row.getLong(2), row.getInt(3)))
        .list();
  }

  @Override
  public void reclaim() {
    jdbc.sql(
            "UPDATE mail SET claimed_by = NULL, due_at = ? WHERE state = 'pending' AND claimed_by = ?")
        .params(now(), nodeId)
        .update();
  }

  @Override
  public boolean isStillOurs(Due mail) {
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM mail
                WHERE account_id = ? AND position = ? AND state = 'pending' AND attempts = ?\
                """)
            .params(mail.accountId(), mail.position(), mail.attempt())
            .query(Long.class)
            .single()
        == 1;
  }

  @Override
  public void sent(Due mail) {
    end(mail, "sent", "");
  }

  @Override
  public void drop(Due mail, Reason reason) {
    end(mail, "dropped", reason.name());
  }

  @Override
  public void dropAll(String accountId, Reason reason) {
    jdbc.sql(
            """
            UPDATE mail SET state = 'dropped', reason = ?, ended_at = ?, claimed_by = NULL
            WHERE account_id = ? AND state = 'pending'\
            """)
        .params(reason.name(), now(), accountId)
        .update();
  }

  @Override
  public void retryAt(Due mail, Instant when) {
    jdbc.sql(
            """
            UPDATE mail SET claimed_by = NULL, due_at = ?
            WHERE account_id = ? AND position = ? AND state = 'pending' AND attempts = ?\
            """)
        .params(Timestamp.from(when), mail.accountId(), mail.position(), mail.attempt())
        .update();
  }

  @Override
  public long pending() {
    return jdbc.sql("SELECT COUNT(*) FROM mail WHERE state = 'pending'").query(Long.class).single();
  }

  private void end(Due mail, String state, String reason) {
    jdbc.sql(
            """
            UPDATE mail SET state = ?, reason = ?, ended_at = ?, claimed_by = NULL
            WHERE account_id = ? AND position = ? AND state = 'pending'\
            """)
        .params(state, reason, now(), mail.accountId(), mail.position())
        .update();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}
