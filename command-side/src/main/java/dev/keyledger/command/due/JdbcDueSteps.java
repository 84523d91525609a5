package dev.keyledger.command.due;

import dev.keyledger.command.due.DueStep.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The steps in PostgreSQL, shared by all nodes. */
final class JdbcDueSteps implements DueSteps {
  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final String nodeId;

  JdbcDueSteps(JdbcClient jdbc, InstantSource clock, String nodeId) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.nodeId = nodeId;
  }

  @Override
  public void schedule(DueStep step) {
    jdbc.sql(
            """
            INSERT INTO due_step (account_id, public_api_key, kind, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (account_id, public_api_key, kind)
            DO UPDATE SET at = excluded.at, claimed_by = NULL, claimed_until = NULL\
            """)
        .params(
            step.accountId(), step.publicApiKey(), step.kind().name(), Timestamp.from(step.at()))
        .update();
  }

  @Override
  public void cancel(String accountId, String publicApiKey, Collection<Kind> kinds) {
    for (Kind kind : kinds) {
      jdbc.sql("DELETE FROM due_step WHERE account_id = ? AND public_api_key = ? AND kind = ?")
          .params(accountId, publicApiKey, kind.name())
          .update();
    }
  }

  @Override
  public void cancelAll(String accountId) {
    jdbc.sql("DELETE FROM due_step WHERE account_id = ?").param(accountId).update();
  }

  @Override
  public List<DueStep> claim(Kind kind, Instant until, int most) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            UPDATE due_step SET claimed_by = ?, claimed_until = ?
            WHERE (account_id, public_api_key, kind) IN (
                SELECT account_id, public_api_key, kind FROM due_step
                WHERE kind = ? AND at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
                ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING account_id, public_api_key, kind, at\
            """)
        .params(
            nodeId,
            Timestamp.from(now.plus(LEASE)),
            kind.name(),
            Timestamp.from(until),
            Timestamp.from(now),
            most)
        .query((row, n) -> step(row))
        .list();
  }

  @Override
  public void reclaim() {
    jdbc.sql("UPDATE due_step SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = ?")
        .param(nodeId)
        .update();
  }

  @Override
  public void done(DueStep step) {
    jdbc.sql(
            """
            DELETE FROM due_step
            WHERE account_id = ? AND public_api_key = ? AND kind = ? AND at = ?\
            """)
        .params(
            step.accountId(), step.publicApiKey(), step.kind().name(), Timestamp.from(step.at()))
        .update();
  }

  @Override
  public Optional<Instant> oldest(Kind kind) {
    return jdbc.sql("SELECT at FROM due_step WHERE kind = ? ORDER BY at LIMIT 1")
        .param(kind.name())
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .optional();
  }

  private static DueStep step(ResultSet row) throws SQLException {
    return new DueStep(
        row.getString(1),
        row.getString(2),
        Kind.valueOf(row.getString(3)),
        row.getTimestamp(4).toInstant());
  }
}
