package dev.keyledger.command.store;

import dev.keyledger.command.InTransaction;
import dev.keyledger.command.StoreOutage;
import dev.keyledger.events.KeyRingEvent;
import io.micrometer.core.instrument.DistributionSummary;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions in which events are appended, with all that has to happen together with them.
 *
 * <p>Those that are late, because another node took their positions, are left out of their group by
 * the statement itself. It fails only where another node takes one at the same moment; then it is
 * tried again, and knows. After {@value #ATTEMPTS} attempts each of the group goes on alone.
 */
final class AppendTransactions implements GroupCommit.Target<Append> {
  private static final int ATTEMPTS = 3;

  /** PostgreSQL manual, appendix A: {@code lock_not_available} and {@code query_canceled}. */
  private static final String LOCK_TIMEOUT = "55P03";

  private static final String STATEMENT_TIMEOUT = "57014";

  private final TransactionTemplate transactions;
  private final JdbcOperations jdbc;
  private final List<InTransaction> inTransaction;
  private final DistributionSummary sizes;
  private final BiFunction<DataAccessException, Append, RuntimeException> refusal;

  /**
   * @param sizes takes the number of commands of each transaction
   * @param refusal what one is told whose events were not taken
   */
  AppendTransactions(
      PlatformTransactionManager transactions,
      JdbcOperations jdbc,
      List<InTransaction> inTransaction,
      DistributionSummary sizes,
      BiFunction<DataAccessException, Append, RuntimeException> refusal) {
    this.transactions = new TransactionTemplate(transactions);
    // It commits for others, so it must not be part of what the thread that leads them has begun.
    this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.jdbc = jdbc;
    this.inTransaction = inTransaction;
    this.sizes = sizes;
    this.refusal = refusal;
  }

  /** Waits for no other transaction's lock for long, as all others wait for this. */
  @Override
  public void together(List<Append> group, BiConsumer<Append, RuntimeException> leaveOut) {
    // In one order on all nodes, so that two who append to the same accounts never wait for
    // each other.
    List<Append> ordered = group.stream().sorted(Comparator.comparing(Append::accountId)).toList();
    for (int attempt = 1; ; attempt++) {
      try {
        append(ordered, leaveOut, () -> insert(EventRows.APPEND_WITHOUT_WAITING, ordered));
        return;
      } catch (DuplicateKeyException otherNodeWasFaster) {
        if (attempt == ATTEMPTS) {
          throw otherNodeWasFaster;
        }
      }
    }
  }

  /** Waits for others as long as the database lets it. */
  @Override
  public void alone(Append append) {
    List<Append> appends = List.of(append);
    BiConsumer<Append, RuntimeException> toCaller =
        (it, why) -> {
          throw why;
        };
    append(
        appends,
        toCaller,
        () -> {
          try {
            return insert(EventRows.APPEND, appends);
          } catch (DataAccessException e) {
            throw refusal.apply(e, append);
          }
        });
  }

  /**
   * A group that was given up for having waited too long may have waited for what one of it needs;
   * one that did by itself and not because of a lock would only do so again.
   */
  @Override
  public boolean goOnAlone(List<Append> group, RuntimeException fault) {
    if (fault instanceof CommitInDoubtException) {
      return false;
    }
    String state = sqlState(fault);
    return LOCK_TIMEOUT.equals(state)
        || (STATEMENT_TIMEOUT.equals(state) && group.size() > 1)
        || !StoreOutage.isCauseOf(fault);
  }

  /**
   * Commits all but those that are late. These are told before: whatever becomes of the others, the
   * positions are taken.
   */
  private void append(
      List<Append> appends,
      BiConsumer<Append, RuntimeException> leaveOut,
      Supplier<Set<String>> insert) {
    AtomicInteger written = new AtomicInteger();
    try {
      transactions.executeWithoutResult(transaction -> {
        Set<String> late = insert.get();
        appends.stream()
            .filter(it -> late.contains(it.accountId()))
            .forEach(it ->
                leaveOut.accept(
                    it, refusal.apply(new DuplicateKeyException("Another node was faster"), it)));
        List<Append> inTime =
            appends.stream().filter(it -> !late.contains(it.accountId())).toList();
        inTime.forEach(this::tell);
        written.set(inTime.size());
      });
    } catch (RuntimeException e) {
      throw written.get() > 0 ? new CommitInDoubtException(e) : e;
    }
    if (written.get() > 0) {
      sizes.record(written.get());
    }
  }

  private Set<String> insert(String statement, List<Append> appends) {
    EventRows rows = new EventRows(appends.stream().flatMap(it -> it.rows().stream()).toList());
    PreparedStatementCallback<Set<String>> append = rows::append;
    return Objects.requireNonNull(jdbc.execute(statement, append));
  }

  private void tell(Append append) {
    append.also().run();
    for (DomainEventMessage<?> message : append.events()) {
      if (message.getPayload() instanceof KeyRingEvent event) {
        inTransaction.forEach(told -> told.handler().accept(event));
      }
    }
  }

  private static @Nullable String sqlState(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql.getSQLState();
      }
    }
    return null;
  }

  /** The database was to commit and did not say that it has: the events may be there or not. */
  private static final class CommitInDoubtException extends EventStoreException {
    private static final long serialVersionUID = 1;

    CommitInDoubtException(RuntimeException cause) {
      super("It is not known whether the events were kept", cause);
    }
  }
}
