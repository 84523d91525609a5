package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.keyring.KeyRing;
import java.util.OptionalLong;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.junit.jupiter.api.Test;

/** When a ring's snapshot is taken: after every third event here. */
class RingSnapshotsTest {
  private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
  private final Configuration axon =
      DefaultConfigurer.defaultConfiguration(false)
          .configureEmbeddedEventStore(c -> engine)
          .configureAggregate(
              AggregateConfigurer.defaultConfiguration(KeyRing.class)
                  .configureSnapshotTrigger(
                      c -> new RingSnapshots(c::eventStore, NoTransactionManager::instance, 3)))
          .start();

  @Test
  void oneIsTakenWhenEnoughCameToPassAndWereKept() {
    given("alice", 2);
    work("alice", 1).commit();

    awaitSnapshot("alice", 2);
  }

  @Test
  void noneIsTakenBefore() {
    given("alice", 1);
    work("alice", 1).commit();

    assertNoSnapshot("alice");
  }

  @Test
  void noneIsTakenOfWhatWasRolledBack() {
    given("alice", 2);
    work("alice", 1).rollback();

    assertNoSnapshot("alice");
    assertThat(engine.lastSequenceNumberFor("alice")).contains(1L);
  }

  @Test
  void oneIsTakenOfARingThatWasReadFromTooManyEvents() {
    given("alice", 5);
    work("alice", 0).commit();

    awaitSnapshot("alice", 4);
  }

  @Test
  void noneIsTakenOfOneThatWasReadInVain() {
    given("alice", 5);
    work("alice", 0).rollback();

    assertNoSnapshot("alice");
  }

  private void given(String account, int events) {
    for (int i = 0; i < events; i++) {
      axon.eventStore().publish(Enrolments.event(account, i));
    }
  }

  /** Reads a ring and appends to it; neither is committed yet. */
  private UnitOfWork<?> work(String account, int events) {
    UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
    axon.repository(KeyRing.class)
        .load(account)
        .execute(_ -> {
          for (int i = 0; i < events; i++) {
            AggregateLifecycle.apply(Enrolments.event(account, 0).getPayload());
          }
        });
    return work;
  }

  private void awaitSnapshot(String account, long at) {
    await().until(() -> snapshot(account).isPresent());
    assertThat(snapshot(account)).hasValue(at);
  }

  /** They are written one after the other: with a later one there, an earlier one would be, too. */
  private void assertNoSnapshot(String account) {
    given("later", 2);
    work("later", 1).commit();
    awaitSnapshot("later", 2);

    assertThat(snapshot(account)).isEmpty();
  }

  private OptionalLong snapshot(String account) {
    return engine
        .readSnapshot(account)
        .map(DomainEventMessage::getSequenceNumber)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }
}
