package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.KeyRingCommand.CreateKey;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.testkit.TestPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a thief of the database would find. */
@ExtendWith(SharedNode.class)
class NothingToStealIT {
  private final TestNode node;

  NothingToStealIT(TestNode node) {
    this.node = node;
  }

  @Test
  void noTableHoldsACodeASecretOrASeedAndOnlyOneHoldsAddresses() {
    Holder holder = node.holder();
    List<String> secrets = new ArrayList<>();
    secrets.add(secretOf(holder, null));
    secrets.add(secretOf(holder, "hmac-sha256"));
    secrets.add(holder.enrol().reveal());
    Challenge waiting = holder.open("Waiting1x");
    secrets.add(holder.emailCode(waiting).reveal());
    secrets.add(TestPlatform.LOG_KEY);
    await().atMost(Duration.ofSeconds(10)).until(() -> endedMails(holder) == 6);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            rows("key_handle", holder) == 2
                && rows("due_step", holder) == 4
                && rows("live_key", holder) == 2);

    String tables =
        dump("domain_event", "convert_from(payload, 'UTF8') || convert_from(meta_data, 'UTF8')")
            + dump("snapshot", "convert_from(payload, 'UTF8') || convert_from(meta_data, 'UTF8')")
            + dump("processor_token", "convert_from(token, 'UTF8')")
            + dump("mail", "''")
            + dump("due_step", "''")
            + dump("key_handle", "''")
            + dump("log_stretch", "''")
            + dump("log_entry_single", "''")
            + dump("log_publication", "''")
            + dump("log_checkpoint", "''")
            + dump("live_key", "''")
            + dump("live_key_topic", "''");

    assertThat(tables).contains(holder.accountId(), waiting.challengeId());
    assertThat(secrets)
        .doesNotHaveDuplicates()
        .allSatisfy(secret -> assertThat(tables).doesNotContain(secret));
    assertThat(tables).doesNotContain("PRIVATE", "kl_sec_", "@example.com");
    assertThat(dump("contact", "''")).contains(holder.email());
  }

  @Test
  void thereIsNoTableThatThisTestDoesNotKnow() {
    assertThat(
            node.jdbc()
                .sql(
                    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "domain_event",
            "snapshot",
            "processor_token",
            "contact",
            "mail",
            "due_step",
            "key_handle",
            "log_stretch",
            "log_entry_single",
            "log_publication",
            "log_checkpoint",
            "live_key",
            "live_key_topic",
            "flyway_schema_history");
  }

  private static String secretOf(Holder holder, @Nullable String algorithm) {
    Challenge challenge =
        Holder.challenge(
            holder.send(
                new CreateKey(
                    holder.accountId(),
                    algorithm == null ? "Pair1x" : "Shared1x",
                    null,
                    null,
                    algorithm,
                    null,
                    null,
                    "2099-01-01T00:00:00Z")));
    Outcome.KeyMade made = (Outcome.KeyMade) holder.send(holder.codes(challenge)).outcome();
    SecretText secret = Objects.requireNonNull(made.secret());
    // Of a PEM text, the line that holds the key.
    return secret
        .reveal()
        .lines()
        .filter(line -> !line.startsWith("-----"))
        .findFirst()
        .orElseThrow();
  }

  private String dump(String table, String decoded) {
    return String.join(
        "\n",
        node.jdbc()
            .sql(
                "SELECT coalesce(t::text, '') || coalesce("
                    + decoded
                    + ", '') FROM "
                    + table
                    + " t")
            .query(String.class)
            .list());
  }

  private long rows(String table, Holder holder) {
    return node.jdbc()
        .sql("SELECT COUNT(*) FROM " + table + " WHERE account_id = ?")
        .param(holder.accountId())
        .query(Long.class)
        .single();
  }

  private long endedMails(Holder holder) {
    return node.jdbc()
        .sql("SELECT COUNT(*) FROM mail WHERE state <> 'pending' AND account_id = ?")
        .param(holder.accountId())
        .query(Long.class)
        .single();
  }
}
