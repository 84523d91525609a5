package dev.keyledger.command.store;

import static org.awaitility.Awaitility.await;

import dev.keyledger.command.TestNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * A while in which nobody can append: one command of the node is stuck in its transaction, and
 * those that are begun meanwhile wait to be the next group. Its end lets them go.
 */
final class Meeting implements AutoCloseable {
  private final MeterRegistry meters;
  private final EventStorageEngine engine;
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  Meeting(TestNode node) {
    meters = node.get(MeterRegistry.class);
    engine = node.get(Configuration.class).getComponent(EventStorageEngine.class);
    String account = node.holder().accountId();
    CompletableFuture<Void> holdUp =
        CompletableFuture.runAsync(() -> holdUp(account), Thread::startVirtualThread);
    await().until(() -> stuck.getCount() == 0 || holdUp.isCompletedExceptionally());
    if (holdUp.isCompletedExceptionally()) {
      holdUp.join();
    }
  }

  /** Begins a command, and returns when it waits for its commit. */
  <T> CompletableFuture<T> begin(Supplier<T> command) {
    double before = waiting();
    CompletableFuture<T> begun = CompletableFuture.supplyAsync(command, Thread::startVirtualThread);
    await().until(() -> waiting() == before + 1);
    return begun;
  }

  @Override
  public void close() {
    end.countDown();
  }

  private void holdUp(String account) {
    UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
    GroupingStorageEngine.alsoDo(
        work,
        () -> {
          stuck.countDown();
          await().until(() -> end.getCount() == 0);
        });
    try {
      engine.appendEvents(List.of(Enrolments.event(account, 0)));
    } finally {
      work.rollback();
    }
  }

  private double waiting() {
    return meters.get("keyledger.commits.waiting").gauge().value();
  }
}
