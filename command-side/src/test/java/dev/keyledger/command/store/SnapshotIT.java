package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRing;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.keyring.Refusal.Rule;
import java.time.Duration;
import java.util.OptionalLong;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.Configuration;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Snapshots: a short cut to the same state, and never more than that. */
@ExtendWith(SharedNode.class)
class SnapshotIT {
  private final TestNode node;

  SnapshotIT(TestNode node) {
    this.node = node;
  }

  @Test
  void aRingIsReadFromItsSnapshotAndTheEventsAfterIt() {
    Holder holder = withSnapshot();
    holder.make("Late1x");
    await().atMost(Duration.ofSeconds(20)).until(() -> pendingMails(holder) == 0);
    // What lies before the snapshot is not looked at, so it is not missed.
    node.jdbc()
        .sql("DELETE FROM domain_event WHERE aggregate_identifier = ? AND sequence_number < 40")
        .param(holder.accountId())
        .update();
    forgetRings();

    assertThat(holder.send(holder.createKey("Bot1x")).outcome()).isEqualTo(taken());
    assertThat(holder.send(holder.createKey("Late1x"))).isEqualTo(decided(holder.position()));
  }

  @Test
  void theStateFromASnapshotIsTheStateFromTheEvents() {
    Holder holder = withSnapshot();
    holder.open("Late1x");

    forgetRings();
    String fromSnapshot = state(holder);
    node.jdbc()
        .sql("DELETE FROM snapshot WHERE aggregate_identifier = ?")
        .param(holder.accountId())
        .update();
    forgetRings();

    assertThat(fromSnapshot).isEqualTo(state(holder)).contains("Bot1x", "Late1x");
  }

  @Test
  void aSnapshotOfAnotherRevisionIsPassedOver() {
    Holder holder = withSnapshot();
    node.jdbc()
        .sql(
            "UPDATE snapshot SET payload_revision = '0', payload = convert_to('{}', 'UTF8')"
                + " WHERE aggregate_identifier = ?")
        .param(holder.accountId())
        .update();
    forgetRings();

    assertThat(holder.send(holder.createKey("Bot1x"))).isEqualTo(decided(holder.position()));
  }

  /** An account with more than 50 events, and a snapshot of it. */
  private Holder withSnapshot() {
    Holder holder = node.holder();
    for (int i = 1; i <= 17; i++) {
      holder.make("Bot" + i + "x");
    }
    assertThat(holder.position()).isEqualTo(51);
    await().atMost(Duration.ofSeconds(5)).until(() -> snapshotAt(holder).isPresent());
    assertThat(snapshotAt(holder).getAsLong()).isBetween(49L, 50L);
    return holder;
  }

  private OptionalLong snapshotAt(Holder holder) {
    return node
        .jdbc()
        .sql("SELECT sequence_number FROM snapshot WHERE aggregate_identifier = ?")
        .param(holder.accountId())
        .query(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .max();
  }

  private long pendingMails(Holder holder) {
    return node.jdbc()
        .sql("SELECT COUNT(*) FROM mail WHERE account_id = ? AND state = 'pending'")
        .param(holder.accountId())
        .query(Long.class)
        .single();
  }

  private void forgetRings() {
    node.get(Cache.class).removeAll();
  }

  private String state(Holder holder) {
    Configuration axon = node.get(Configuration.class);
    StringBuilder state = new StringBuilder();
    DefaultUnitOfWork.startAndGet(null)
        .execute(() ->
            axon.repository(KeyRing.class)
                .load(holder.accountId())
                .execute(ring ->
                    state.append(
                        node.get(Serializer.class).serialize(ring, String.class).getData())));
    return state.toString();
  }

  private static Outcome taken() {
    return new Outcome.Refused(Rule.LABEL_TAKEN);
  }

  private static Decision decided(long position) {
    return new Decision(taken(), position);
  }
}
