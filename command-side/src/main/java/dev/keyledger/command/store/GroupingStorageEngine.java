package dev.keyledger.command.store;

import dev.keyledger.command.InTransaction;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon's event store on PostgreSQL, but what several commands append at the same moment is written
 * with one statement and committed once. A command's unit of work has no transaction of its own: it
 * waits here, with its key ring locked, until the commit.
 */
final class GroupingStorageEngine extends GatheringStorageEngine {
  /** As many callers share a commit at most; more would make the first of them wait longer. */
  private static final int MOST_COMMANDS = 128;

  /**
   * How long a command waits for the commits before its own. Then its caller is told that nothing
   * was done. How long gaps are waited for depends on it, see {@code StoreConfiguration}.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String ALSO = GroupingStorageEngine.class.getName() + ".also";
  private static final String APPENDED = GroupingStorageEngine.class.getName() + ".appended";

  private final GroupCommit<Append> commits;

  GroupingStorageEngine(
      Builder builder,
      PlatformTransactionManager transactions,
      JdbcOperations jdbc,
      List<InTransaction> inTransaction,
      MeterRegistry meters) {
    super(builder);
    DistributionSummary sizes =
        DistributionSummary.builder("keyledger.commits.commands")
            .description("Commands that were committed together")
            .register(meters);
    this.commits =
        new GroupCommit<>(
            MOST_COMMANDS,
            () -> PATIENCE,
            new AppendTransactions(transactions, jdbc, inTransaction, sizes, this::refusal));
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
   * @throws java.util.concurrent.RejectedExecutionException if the commits before took too long;
   *     nothing was done
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

  /** What Axon makes of it: that another was faster, or that the store does not work. */
  private RuntimeException refusal(DataAccessException fault, Append append) {
    try {
      handlePersistenceException(fault, append.events().getFirst());
    } catch (RuntimeException told) {
      return told;
    }
    return fault;
  }
}
