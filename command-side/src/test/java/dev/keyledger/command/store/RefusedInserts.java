package dev.keyledger.command.store;

import dev.keyledger.command.Holder;
import dev.keyledger.command.TestNode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A while in which the database takes no event of an account. */
final class RefusedInserts implements AutoCloseable {
  private final JdbcClient jdbc;
  private final String accountId;

  RefusedInserts(TestNode node, Holder holder) {
    this(node, holder, "P0001", Integer.MAX_VALUE);
  }

  /**
   * A while that begins now.
   *
   * @param sqlState what the database says the reason is
   * @param times after so many inserts it takes them
   */
  RefusedInserts(TestNode node, Holder holder, String sqlState, int times) {
    jdbc = node.jdbc();
    accountId = holder.accountId();
    jdbc.sql(
            """
            CREATE SEQUENCE "refused_%1$s";
            CREATE OR REPLACE FUNCTION "refuse_%1$s"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              -- Counts on although what counted was rolled back.
              IF nextval('"refused_%1$s"') <= %3$d THEN
                RAISE EXCEPTION 'refused for the test' USING ERRCODE = '%2$s';
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON domain_event FOR EACH ROW
            WHEN (NEW.aggregate_identifier = '%1$s') EXECUTE FUNCTION "refuse_%1$s"()\
            """
                .formatted(accountId, sqlState, times))
        .update();
  }

  @Override
  public void close() {
    jdbc.sql(
            "DROP FUNCTION \"refuse_%1$s\"() CASCADE; DROP SEQUENCE \"refused_%1$s\""
                .formatted(accountId))
        .update();
  }
}
