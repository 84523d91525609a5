package dev.keyledger.command.store;

import dev.keyledger.command.Holder;
import dev.keyledger.command.TestNode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A while in which the database takes no event of an account. */
final class RefusedInserts implements AutoCloseable {
  private final JdbcClient jdbc;
  private final String accountId;

  RefusedInserts(TestNode node, Holder holder) {
    jdbc = node.jdbc();
    accountId = holder.accountId();
    jdbc.sql(
            """
            CREATE OR REPLACE FUNCTION "refuse_%1$s"() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'refused for the test'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON domain_event FOR EACH ROW
            WHEN (NEW.aggregate_identifier = '%1$s') EXECUTE FUNCTION "refuse_%1$s"()\
            """
                .formatted(accountId))
        .update();
  }

  @Override
  public void close() {
    jdbc.sql("DROP FUNCTION \"refuse_%s\"() CASCADE".formatted(accountId)).update();
  }
}
