package dev.keyledger.command.store;

import dev.keyledger.command.InTransaction;
import dev.keyledger.command.StoreOutage;
import dev.keyledger.events.KeyRingEvent;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Axon's event store on PostgreSQL, but what several commands append at the same moment is written
 * with one statement and committed once. A command's unit of work has no transaction of its own: it
 * waits here, with its key ring locked, until the commit.
 */
final class GroupingStorageEngine extends GatheringStorageEngine {
  /** As many callers share a commit at most; more would make the first of them wait longer. */
  private static final int MOST_COMMANDS = 128;

  private static final String ALSO = GroupingStorageEngine.class.getName() + ".also";
  private static final String APPENDED = GroupingStorageEngine.class.getName() + ".appended";

  private final TransactionOperations transactions;
  private final JdbcOperations jdbc;
  private final List<InTransaction> inTransaction;
  private final DistributionSummary sizes;
  private final GroupCommit<Append> commits =
      new GroupCommit<>(MOST_COMMANDS, this::commit, GroupingStorageEngine::nothingWasDone);

  GroupingStorageEngine(
      Builder builder,
      TransactionOperations transactions,
      JdbcOperations jdbc,
      List<InTransaction> inTransaction,
      MeterRegistry meters) {
    super(builder);
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.inTransaction = inTransaction;
    this.sizes =
        DistributionSummary.builder("keyledger.commits.commands")
            .description("Commands that were committed together")
            .register(meters);
    Gauge.builder("keyledger.commits.waiting", commits, GroupCommit::waiting)
        .description("Commands that wait for the commit before theirs")
        .register(meters);
  }

  /** Has something done in the transaction that appends the events of this unit of work. */
  static void alsoDo(UnitOfWork<?> work, Runnable task) {
    work.resources().put(ALSO, task);
  }

  /**
   * Returns when the events are durable.
   *
   * @throws IllegalStateException if the same unit of work has appended before, which could not be
   *     undone any more
   */
  @Override
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    if (events.isEmpty()) {
      return;
    }
    Runnable also = CurrentUnitOfWork.map(GroupingStorageEngine::take).orElse(() -> {});
    List<DomainEventMessage<?>> appended =
        events.stream().<DomainEventMessage<?>>map(DomainEventMessage.class::cast).toList();
    commits.commit(Append.of(appended, also, serializer));
  }

  private static Runnable take(UnitOfWork<?> work) {
    if (work.resources().put(APPENDED, true) != null) {
      throw new IllegalStateException("A unit of work appends once.");
    }
    return work.getOrDefaultResource(ALSO, () -> {});
  }

  private void commit(List<Append> group) {
    AtomicBoolean written = new AtomicBoolean();
    try {
      transactions.executeWithoutResult(transaction -> {
        write(group);
        written.set(true);
      });
    } catch (RuntimeException e) {
      throw written.get() ? new CommitInDoubtException(e) : e;
    }
    sizes.record(group.size());
  }

  private void write(List<Append> group) {
    // In one order on all nodes, so that two who append to the same accounts never wait for
    // each other.
    List<Append> ordered = group.stream().sorted(Comparator.comparing(Append::accountId)).toList();
    EventRows rows = new EventRows(ordered.stream().flatMap(it -> it.rows().stream()).toList());
    try {
      jdbc.update(EventRows.INSERT, rows::bind);
    } catch (DataAccessException e) {
      if (group.size() > 1) {
        throw e;
      }
      handlePersistenceException(e, group.getFirst().events().getFirst());
    }
    ordered.forEach(this::tell);
  }

  private void tell(Append append) {
    append.also().run();
    for (DomainEventMessage<?> message : append.events()) {
      if (message.getPayload() instanceof KeyRingEvent event) {
        inTransaction.forEach(told -> told.handler().accept(event));
      }
    }
  }

  private static boolean nothingWasDone(RuntimeException e) {
    return !(e instanceof CommitInDoubtException) && !StoreOutage.isCauseOf(e);
  }

  /** The database was to commit and did not say that it has: the events may be there or not. */
  private static final class CommitInDoubtException extends EventStoreException {
    private static final long serialVersionUID = 1;

    CommitInDoubtException(RuntimeException cause) {
      super("It is not known whether the events were kept", cause);
    }
  }
}
