package dev.keyledger.command.mail;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mails that are due, claimed, sent or given up, in PostgreSQL. */
public class Mails {
  /** A node that claimed a mail and says nothing for so long has lost it to the others. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final String nodeId;

  public Mails(JdbcClient jdbc, InstantSource clock, String nodeId) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.nodeId = nodeId;
  }

  /**
   * A mail that this node may send.
   *
   * @param position of the event that calls for it
   * @param attempt 1 for the first
   */
  record Due(String accountId, long position, int attempt) {}

  /** Why a mail was given up. */
  enum Reason {
    EXPIRED,
    SUPERSEDED,
    NO_ADDRESS,
    REJECTED
  }

  /** Notes a mail as due now; does nothing if it was ever noted before. */
  void note(String accountId, long position) {
    jdbc.sql(
            """
            INSERT INTO mail (account_id, position, state, due_at) VALUES (?, ?, 'pending', ?)
            ON CONFLICT DO NOTHING\
            """)
        .params(accountId, position, now())
        .update();
  }

  /** Claims mails that are due, oldest first. */
  List<Due> claim(int most) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            UPDATE mail SET claimed_by = ?, due_at = ?, attempts = attempts + 1
            WHERE (account_id, position) IN (
                SELECT account_id, position FROM mail WHERE state = 'pending' AND due_at <= ?
                ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING account_id, position, attempts\
            """)
        .params(nodeId, Timestamp.from(now.plus(CLAIM)), Timestamp.from(now), most)
        .query((row, n) -> new Due(row.getString(1), row.getLong(2), row.getInt(3)))
        .list();
  }

  /** Makes due again what this node had claimed before it was restarted. */
  void reclaim() {
    jdbc.sql(
            "UPDATE mail SET claimed_by = NULL, due_at = ? WHERE state = 'pending' AND claimed_by = ?")
        .params(now(), nodeId)
        .update();
  }

  void sent(Due mail) {
    end(mail, "sent", "");
  }

  void drop(Due mail, Reason reason) {
    end(mail, "dropped", reason.name());
  }

  void retryAt(Due mail, Instant when) {
    jdbc.sql("UPDATE mail SET claimed_by = NULL, due_at = ? WHERE account_id = ? AND position = ?")
        .params(Timestamp.from(when), mail.accountId(), mail.position())
        .update();
  }

  /** Mails that wait to be sent. */
  long pending() {
    return jdbc.sql("SELECT COUNT(*) FROM mail WHERE state = 'pending'").query(Long.class).single();
  }

  private void end(Due mail, String state, String reason) {
    jdbc.sql(
            """
            UPDATE mail SET state = ?, reason = ?, ended_at = ?, claimed_by = NULL
            WHERE account_id = ? AND position = ?\
            """)
        .params(state, reason, now(), mail.accountId(), mail.position())
        .update();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}
