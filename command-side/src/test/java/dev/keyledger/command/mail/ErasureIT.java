package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand.ErasePerson;
import dev.keyledger.command.keyring.Outcome.PersonForgotten;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left of a person in the store. */
@ExtendWith(SharedNode.class)
class ErasureIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Enough events for snapshots, which hold what the ring knows. */
  private static final int KEYS = 20;

  private final TestNode node;

  ErasureIT(TestNode node) {
    this.node = node;
  }

  @Test
  void noColumnOfNoTableHoldsTheAddressOrItsMask() {
    Holder holder = node.holder();
    for (int key = 0; key < KEYS; key++) {
      holder.make("Bot " + key + "a");
    }
    holder.open("Waiting1x");
    await().atMost(SOON).until(() -> snapshots(holder) > 0);
    assertThat(placesOf(holder.email())).containsExactly("contact.email");
    assertThat(placesOf(mask(holder))).isEmpty();

    Decision erased = erase(holder);

    assertThat(erased.outcome()).isInstanceOf(PersonForgotten.class);
    assertThat(placesOf(holder.email())).isEmpty();
    assertThat(placesOf(mask(holder))).isEmpty();
    assertThat(placesOf(holder.accountId())).contains("domain_event.aggregate_identifier");
    assertThat(pending(holder)).isZero();
  }

  @Test
  void itIsErasedWithTheEventOrNotAtAll() {
    Holder holder = node.holder();
    holder.open("Bot1x");
    node.jdbc()
        .sql(
            """
            CREATE OR REPLACE FUNCTION refuse_%1$s() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'refused for the test'; END $$;
            CREATE CONSTRAINT TRIGGER refuse_%1$s AFTER INSERT ON domain_event DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.aggregate_identifier = '%1$s') EXECUTE FUNCTION refuse_%1$s()\
            """
                .formatted(holder.accountId()))
        .update();
    try {
      assertThatThrownBy(() -> erase(holder)).isInstanceOf(RuntimeException.class);
      assertThat(node.get(Contacts.class).of(holder.accountId())).contains(holder.email());
      assertThat(holder.position()).isEqualTo(1);
    } finally {
      node.jdbc().sql("DROP FUNCTION refuse_%s() CASCADE".formatted(holder.accountId())).update();
    }
    assertThat(erase(holder).position()).isEqualTo(3);
    assertThat(node.get(Contacts.class).of(holder.accountId())).isEmpty();
  }

  @Test
  void whoComesBackIsWrittenToAgain() {
    Holder holder = node.holder();
    holder.open("Bot1x");
    erase(holder);

    node.rings().send(holder.createKey("Bot1x"), "back@example.org");

    assertThat(node.get(Contacts.class).of(holder.accountId())).contains("back@example.org");
  }

  private Decision erase(Holder holder) {
    return node.rings().send(new ErasePerson(holder.accountId(), "support-12"), null);
  }

  /** As it is shown to its owner. */
  private static String mask(Holder holder) {
    return holder.email().charAt(0) + "…@example.com";
  }

  /** Every column of every table that holds the text, in plain or in binary. */
  private List<String> placesOf(String text) {
    return node
        .jdbc()
        .sql(
            """
            SELECT table_name, column_name, data_type FROM information_schema.columns
            WHERE table_schema = 'public' ORDER BY table_name, column_name\
            """)
        .query((row, n) -> new Column(row.getString(1), row.getString(2), row.getString(3)))
        .list()
        .stream()
        .filter(column -> holds(column, text))
        .map(column -> column.table() + "." + column.name())
        .toList();
  }

  private record Column(String table, String name, String type) {}

  private boolean holds(Column column, String text) {
    String condition =
        column.type().toLowerCase(Locale.ROOT).equals("bytea")
            ? "position(convert_to(?, 'UTF8') in \"%s\") > 0"
            : "position(? in \"%s\"::text) > 0";
    return node.jdbc()
        .sql(
            ("SELECT EXISTS (SELECT 1 FROM \"%s\" WHERE " + condition + ")")
                .formatted(column.table(), column.name()))
        .param(text)
        .query(Boolean.class)
        .single();
  }

  private long snapshots(Holder holder) {
    return count("SELECT COUNT(*) FROM snapshot WHERE aggregate_identifier = ?", holder);
  }

  private long pending(Holder holder) {
    return count("SELECT COUNT(*) FROM mail WHERE state = 'pending' AND account_id = ?", holder);
  }

  private long count(String sql, Holder holder) {
    return node.jdbc().sql(sql).param(holder.accountId()).query(Long.class).single();
  }
}
