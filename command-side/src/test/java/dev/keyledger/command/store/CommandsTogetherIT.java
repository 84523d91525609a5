package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.command.mail.Contacts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands to several accounts that come to the event store at the same moment. */
@ExtendWith(SharedNode.class)
class CommandsTogetherIT {
  private final TestNode node;
  private final List<Holder> holders;

  CommandsTogetherIT(TestNode node) {
    this.node = node;
    this.holders = Stream.generate(node::holder).limit(5).toList();
  }

  @Test
  void shareATransactionAndAreAnsweredAfterIt() {
    List<CompletableFuture<Challenge>> challenges;
    try (Meeting meeting = new Meeting(node)) {
      challenges = holders.stream().map(it -> meeting.begin(() -> it.open("Bot1x"))).toList();
      assertThat(holders).allSatisfy(it -> assertThat(it.position()).isZero());
      assertThat(challenges).noneMatch(CompletableFuture::isDone);
    }

    for (int i = 0; i < holders.size(); i++) {
      Holder holder = holders.get(i);
      assertThat(holder.send(holder.codes(challenges.get(i).join())).outcome())
          .isInstanceOf(Outcome.KeyMade.class);
      assertThat(node.get(Contacts.class).of(holder.accountId())).contains(holder.email());
    }
    assertThat(transactionsOfFirstEvents()).isEqualTo(1);
  }

  /** Also if the database gave up waiting, as far as it tells of one of them. */
  @ParameterizedTest
  @ValueSource(strings = {"P0001", "55P03", "57014"})
  void areNotUndoneByOneThatFails(String sqlState) {
    Holder unlucky = holders.get(2);
    List<CompletableFuture<Challenge>> challenges = new ArrayList<>();
    try (RefusedInserts _ = new RefusedInserts(node, unlucky, sqlState, Integer.MAX_VALUE)) {
      try (Meeting meeting = new Meeting(node)) {
        holders.forEach(it -> challenges.add(meeting.begin(() -> it.open("Bot1x"))));
      }
      assertThatThrownBy(() -> challenges.get(2).join())
          .hasCauseInstanceOf(EventStoreException.class);
    }

    for (int i = 0; i < holders.size(); i++) {
      Holder holder = holders.get(i);
      if (holder != unlucky) {
        assertThat(holder.send(holder.codes(challenges.get(i).join())).position()).isEqualTo(3);
      }
    }
    // Neither its address nor a state that never came to be is left of it.
    assertThat(node.get(Contacts.class).of(unlucky.accountId())).isEmpty();
    assertThat(unlucky.position()).isZero();
    assertThat(unlucky.make("Bot1x").position()).isEqualTo(3);
  }

  @Test
  void areTriedTogetherOnceMoreIfAnotherNodeWasFasterAtThatMoment() {
    List<CompletableFuture<Challenge>> challenges = new ArrayList<>();
    try (RefusedInserts _ = new RefusedInserts(node, holders.get(2), "23505", 1)) {
      try (Meeting meeting = new Meeting(node)) {
        holders.forEach(it -> challenges.add(meeting.begin(() -> it.open("Bot1x"))));
      }
      challenges.forEach(CompletableFuture::join);
    }

    assertThat(transactionsOfFirstEvents()).isEqualTo(1);
  }

  @Test
  void areNotHeldUpByOneThatWaitsForAnotherNode() throws SQLException {
    Holder held = holders.get(2);
    List<CompletableFuture<Challenge>> challenges = new ArrayList<>();
    try (TakenPosition _ = new TakenPosition(node, held)) {
      try (Meeting meeting = new Meeting(node)) {
        holders.forEach(it -> challenges.add(meeting.begin(() -> it.open("Bot1x"))));
      }
      for (int i = 0; i < holders.size(); i++) {
        if (holders.get(i) != held) {
          challenges.get(i).join();
        }
      }
      assertThat(challenges.get(2)).isNotDone();
    }

    assertThat(held.send(held.codes(challenges.get(2).join())).position()).isEqualTo(3);
  }

  @Test
  void areNotHeldUpByOneThatCameBeforeThemAndWaitsForAnotherNode() throws SQLException {
    Holder held = holders.getFirst();
    CompletableFuture<Challenge> challenge;
    try (TakenPosition taken = new TakenPosition(node, held)) {
      challenge =
          CompletableFuture.supplyAsync(() -> held.open("Bot1x"), Thread::startVirtualThread);
      taken.awaitWaiter();
      holders.get(1).open("Bot1x");
      assertThat(challenge).isNotDone();
    }

    assertThat(held.send(held.codes(challenge.join())).position()).isEqualTo(3);
  }

  @Test
  void areKeptWhateverBecomesOfATransactionOfTheirCaller() {
    Holder holder = holders.getFirst();
    new TransactionTemplate(node.get(PlatformTransactionManager.class))
        .executeWithoutResult(callers -> {
          holder.open("Bot1x");
          callers.setRollbackOnly();
        });

    assertThat(holder.position()).isEqualTo(1);
    assertThat(node.get(Contacts.class).of(holder.accountId())).contains(holder.email());
  }

  @Test
  void areSeenByWhoFollowsOnceTheyAreCommitted() throws Exception {
    EventStore events = node.get(EventStore.class);
    try (BlockingStream<TrackedEventMessage<?>> stream =
        events.openStream(events.createHeadToken())) {
      Set<Object> awaited = new HashSet<>();
      try (Meeting meeting = new Meeting(node)) {
        for (Holder holder : holders) {
          var _ = meeting.begin(() -> holder.open("Bot1x"));
          awaited.add(holder.accountId());
        }
      }
      while (!awaited.isEmpty()) {
        assertThat(stream.hasNextAvailable(10, TimeUnit.SECONDS)).isTrue();
        if (stream.nextAvailable() instanceof DomainEventMessage<?> event) {
          awaited.remove(event.getAggregateIdentifier());
        }
      }
    }
  }

  @Test
  void appendOnceEachForWhatIsAppendedCanNotBeUndone() {
    EventStorageEngine engine =
        node.get(Configuration.class).getComponent(EventStorageEngine.class);
    String account = holders.getFirst().accountId();
    UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
    try {
      engine.appendEvents(List.of(Enrolments.event(account, 0)));
      assertThatThrownBy(() -> engine.appendEvents(List.of(Enrolments.event(account, 1))))
          .hasMessage("A unit of work appends once.");
    } finally {
      work.rollback();
    }
  }

  private long transactionsOfFirstEvents() {
    return node.jdbc()
        .sql(
            "SELECT count(DISTINCT xmin::text) FROM domain_event"
                + " WHERE sequence_number = 0 AND aggregate_identifier IN (:accounts)")
        .param("accounts", holders.stream().map(Holder::accountId).toList())
        .query(Long.class)
        .single();
  }
}
