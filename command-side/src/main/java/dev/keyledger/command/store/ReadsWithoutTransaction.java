package dev.keyledger.command.store;

import java.util.function.Supplier;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Reads of the event store are single statements over rows that never change: a transaction around
 * one would only cost another way to the database. Within a transaction they belong to it.
 */
record ReadsWithoutTransaction(TransactionManager forWrites) implements TransactionManager {
  @Override
  public Transaction startTransaction() {
    return forWrites.startTransaction();
  }

  @Override
  public <T> T fetchInTransaction(Supplier<T> read) {
    return read.get();
  }
}
