package dev.keyledger.command.revocation;

import dev.keyledger.command.keyring.Algorithm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The handles in PostgreSQL. */
final class JdbcKeyHandles implements KeyHandles {
  private static final String SELECT =
      "SELECT public_api_key, account_id, algorithm, fingerprint, secret_root_key_id"
          + " FROM key_handle WHERE ";

  private final JdbcClient jdbc;

  JdbcKeyHandles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void put(KeyHandle handle) {
    jdbc.sql(
            """
            INSERT INTO key_handle (public_api_key, account_id, algorithm, fingerprint, secret_root_key_id)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (public_api_key) DO UPDATE SET fingerprint = excluded.fingerprint\
            """)
        .param(handle.publicApiKey())
        .param(handle.accountId())
        .param(handle.algorithm().publicName())
        .param(handle.fingerprint())
        .param(handle.secretRootKeyId())
        .update();
  }

  @Override
  public void remove(String publicApiKey) {
    jdbc.sql("DELETE FROM key_handle WHERE public_api_key = ?").param(publicApiKey).update();
  }

  @Override
  public void removeAll(String accountId) {
    jdbc.sql("DELETE FROM key_handle WHERE account_id = ?").param(accountId).update();
  }

  @Override
  public Optional<KeyHandle> of(String publicApiKey) {
    return jdbc.sql(SELECT + "public_api_key = ?")
        .param(publicApiKey)
        .query((row, n) -> handle(row))
        .optional();
  }

  @Override
  public List<KeyHandle> of(Algorithm algorithm, String fingerprint) {
    return jdbc.sql(SELECT + "fingerprint = ? AND algorithm = ? ORDER BY public_api_key")
        .params(fingerprint, algorithm.publicName())
        .query((row, n) -> handle(row))
        .list();
  }

  @Override
  public List<KeyHandle> incomplete() {
    return jdbc.sql(SELECT + "fingerprint IS NULL").query((row, n) -> handle(row)).list();
  }

  private static KeyHandle handle(ResultSet row) throws SQLException {
    return new KeyHandle(
        row.getString(1),
        row.getString(2),
        Algorithm.parse(row.getString(3)).orElseThrow(),
        row.getString(4),
        row.getString(5));
  }
}
