package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableTwoFactor;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.keyring.Refusal;
import dev.keyledger.command.keyring.Refusal.Rule;
import dev.keyledger.command.mail.Contacts;
import dev.keyledger.events.EventTypes;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One node and its event store on PostgreSQL. */
@ExtendWith(SharedNode.class)
class KeyRingsIT {
  private final TestNode node;

  KeyRingsIT(TestNode node) {
    this.node = node;
  }

  @Test
  void positionsAreDurableAndWithoutGaps() {
    Holder holder = node.holder();
    holder.enrol();
    Decision made = holder.make("Bot1x");
    Decision opened = holder.send(new DeleteAll(holder.accountId()));

    assertThat(made.outcome()).isInstanceOf(Outcome.KeyMade.class);
    assertThat(made.position()).isEqualTo(5);
    assertThat(opened.position()).isEqualTo(6);
    assertThat(storedPositions(holder)).containsExactlyElementsOf(oneTo(6));
    assertThat(holder.position()).isEqualTo(6);
  }

  @Test
  void aRingWithoutEventsIsAtPositionZeroHoweverOftenItIsAsked() {
    Holder holder = node.holder();
    for (int i = 0; i < 3; i++) {
      assertThat(holder.send(new DisableTwoFactor(holder.accountId())))
          .isEqualTo(new Decision(new Outcome.Refused(Rule.TWO_FACTOR_REQUIRED), 0));
      assertThat(holder.send(new DeleteKey(holder.accountId(), "kl_pub_1")).position()).isZero();
    }
    assertThat(holder.position()).isZero();

    assertThat(holder.send(new DeleteAll(holder.accountId())).position()).isEqualTo(1);
    assertThat(storedPositions(holder)).containsExactly(1L);
  }

  @Test
  void aRefusalTellsThePositionThatItWasDecidedOn() {
    Holder holder = node.holder();
    holder.make("Bot1x");

    assertThat(holder.send(holder.createKey("Bot1x")))
        .isEqualTo(new Decision(new Outcome.Refused(Rule.LABEL_TAKEN), 3));
  }

  @Test
  void aWrongCodeIsRememberedAlthoughTheCommandIsRefused() {
    Holder holder = node.holder();
    Challenge challenge = holder.open("Bot1x");
    Challenge other = node.holder().open("Bot1x");

    Decision rejected =
        holder.send(
            new VerifyCode(
                holder.accountId(), challenge.challengeId(), holder.emailCode(other), null));

    assertThat(rejected).isEqualTo(new Decision(new Outcome.Refused(new Refusal.WrongCode(4)), 2));
    assertThat(storedPositions(holder)).containsExactly(1L, 2L);
  }

  @Test
  void eventsAreFiledUnderTheirPublicNames() {
    Holder holder = node.holder();
    holder.make("Bot1x");

    List<String> types =
        node.jdbc()
            .sql(
                "SELECT payload_type FROM domain_event WHERE aggregate_identifier = ?"
                    + " ORDER BY sequence_number")
            .param(holder.accountId())
            .query(String.class)
            .list();

    assertThat(types)
        .containsExactly(
            "dev.keyledger.ChallengeOpened.v1",
            "dev.keyledger.CodeVerified.v1",
            "dev.keyledger.KeyCreated.v1");
    assertThat(
            node.jdbc()
                .sql("SELECT DISTINCT payload_type FROM domain_event")
                .query(String.class)
                .list())
        .isSubsetOf(EventTypes.all().keySet());
  }

  @Test
  void theAddressIsRememberedWithTheChallengeAndFollowsTheToken() {
    Holder holder = node.holder();
    holder.open("Bot1x");
    assertThat(node.get(Contacts.class).of(holder.accountId())).contains(holder.email());

    node.rings().send(holder.createKey("Bot2x"), "moved@example.com");
    assertThat(node.get(Contacts.class).of(holder.accountId())).contains("moved@example.com");
  }

  @Test
  void aRefusedCommandRemembersNoAddress() {
    Holder holder = node.holder();
    holder.send(holder.createKey("no digit"));

    assertThat(node.get(Contacts.class).of(holder.accountId())).isEmpty();
  }

  @Test
  void theAddressIsRolledBackWithTheEvents() {
    Holder holder = node.holder();
    try (RefusedInserts _ = new RefusedInserts(node, holder)) {
      assertThatThrownBy(() -> holder.open("Bot1x")).isInstanceOf(EventStoreException.class);
      assertThat(node.get(Contacts.class).of(holder.accountId())).isEmpty();
      assertThat(holder.position()).isZero();
    }
    assertThat(holder.open("Bot1x").attemptsLeft()).isEqualTo(5);
  }

  @Test
  void noConnectionMayKeepATransactionOpenForLongerThanTheRelayWaits() {
    for (String setting : List.of("idle_in_transaction_session_timeout", "statement_timeout")) {
      assertThat(show(setting)).isEqualTo("20s");
    }
    assertThat(show("transaction_timeout")).isEqualTo("30s");
  }

  private String show(String setting) {
    return node.jdbc().sql("SHOW " + setting).query(String.class).single();
  }

  private List<Long> storedPositions(Holder holder) {
    return node.jdbc()
        .sql(
            "SELECT sequence_number + 1 FROM domain_event WHERE aggregate_identifier = ?"
                + " ORDER BY global_index")
        .param(holder.accountId())
        .query(Long.class)
        .list();
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
