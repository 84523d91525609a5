package dev.keyledger.command.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes followers when this node has committed events. */
final class Arrivals {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final long lookAgainNanos;
  private long count;

  /**
   * @param lookAgain after which time who waits is to look all the same, since what other nodes
   *     commit wakes nobody here
   */
  Arrivals(Duration lookAgain) {
    this.lookAgainNanos = lookAgain.toNanos();
  }

  /** How often events have arrived; to be asked before one looks for them. */
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void arrived() {
    lock.lock();
    try {
      count++;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for more than those, or until it is time to look again.
   *
   * @param nanos how long at most
   */
  void await(long known, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = Math.min(nanos, lookAgainNanos);
      while (count == known && left > 0) {
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
