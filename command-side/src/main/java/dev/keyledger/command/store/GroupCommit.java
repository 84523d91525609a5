package dev.keyledger.command.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Commits together what waits at the same moment. Who comes while nothing is being committed goes
 * at once and alone; who comes meanwhile is in the next group, however many that are. Nobody waits
 * for company, and nobody is told before the commit.
 *
 * <p>A group has its turn when the one before is done. Who has waited for too long before it was
 * taken into one goes away, and nothing of it happened; from then on it waits for the end of the
 * turn, which is as long as {@link Target#together} takes, because only that tells what became of
 * it.
 *
 * @param <T> what one caller has committed
 */
final class GroupCommit<T> {
  private final int most;
  private final Supplier<Duration> patience;
  private final Target<T> target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Member<T>> waiting = new ArrayDeque<>();
  private boolean busy;

  /** Where it is committed. */
  interface Target<T> {
    /**
     * Commits the works, all or none of them. Runs in the thread of one of the members, and no
     * other turn begins before it is done. If it throws, {@link #goOnAlone} tells what that means.
     *
     * @param leaveOut is told of works that are not committed with the others, and why not: their
     *     callers get that at once
     */
    void together(List<T> works, BiConsumer<T, RuntimeException> leaveOut);

    /** Commits one, beside the turns of others. */
    void alone(T work);

    /**
     * Whether what {@link #together} threw leaves no doubt that nothing is committed, and each of
     * the works should be tried alone.
     */
    boolean goOnAlone(List<T> works, RuntimeException fault);
  }

  /**
   * @param most members of one group
   * @param patience how long a caller waits to be taken into a group
   */
  GroupCommit(int most, Supplier<Duration> patience, Target<T> target) {
    this.most = most;
    this.patience = patience;
    this.target = target;
  }

  /**
   * Returns once the work is committed, and throws what the target threw if it is not.
   *
   * @throws RejectedExecutionException because of a {@link TimeoutException} if it was not begun in
   *     time, or because of an {@link InterruptedException} if the caller was interrupted before
   *     that; nothing was done
   */
  void commit(T work) {
    Member<T> member = new Member<>(work, new CompletableFuture<>());
    Turn turn = enter(member) ? Turn.LEAD : await(member);
    if (turn == Turn.LEAD) {
      turn = lead(work);
    }
    if (turn == Turn.ALONE) {
      target.alone(work);
    }
  }

  /** How many wait for the commit before theirs. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the member is the next to commit; if not, it is called when it is. */
  private boolean enter(Member<T> member) {
    lock.lock();
    try {
      if (busy) {
        waiting.add(member);
        return false;
      }
      busy = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Turn await(Member<T> member) {
    try {
      return member.turn().get(patience.get().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      withdraw(member, late);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      withdraw(member, hurry);
    } catch (ExecutionException failed) {
      // Thrown as what it is, below.
    }
    return member.outcome();
  }

  /** Does nothing if the member was taken into a group meanwhile: then its outcome is awaited. */
  private void withdraw(Member<T> member, Exception cause) {
    boolean inTime;
    lock.lock();
    try {
      inTime = waiting.remove(member);
    } finally {
      lock.unlock();
    }
    if (inTime) {
      throw new RejectedExecutionException("Not begun, so nothing was done", cause);
    }
  }

  private Turn lead(T work) {
    Member<T> leader = new Member<>(work, new CompletableFuture<>());
    List<Member<T>> group = groupOf(leader);
    List<T> works = group.stream().map(Member::work).toList();
    Consumer<Member<T>> end;
    try {
      target.together(
          works,
          (late, why) ->
              group.stream().filter(it -> it.work().equals(late)).forEach(it -> it.fail(why)));
      end = member -> member.turn().complete(Turn.DONE);
    } catch (RuntimeException e) {
      end =
          target.goOnAlone(works, e)
              ? member -> member.turn().complete(Turn.ALONE)
              : member -> member.fail(e);
    } catch (Error e) {
      end = member -> member.fail(e);
    }
    leave();
    // Those that were left out know already.
    group.forEach(end);
    return leader.outcome();
  }

  private List<Member<T>> groupOf(Member<T> leader) {
    List<Member<T>> group = new ArrayList<>(List.of(leader));
    lock.lock();
    try {
      while (group.size() < most && !waiting.isEmpty()) {
        group.add(waiting.remove());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Calls the one who has waited longest to lead the next group. */
  private void leave() {
    Member<T> next;
    lock.lock();
    try {
      next = waiting.poll();
      busy = next != null;
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.turn().complete(Turn.LEAD);
    }
  }

  private enum Turn {
    LEAD,
    ALONE,
    DONE
  }

  private record Member<T>(T work, CompletableFuture<Turn> turn) {
    void fail(Throwable fault) {
      turn.completeExceptionally(fault);
    }

    /** Can't be interrupted: a caller who went away could not say what became of the command. */
    Turn outcome() {
      try {
        return turn.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException fault) {
          throw fault;
        }
        if (e.getCause() instanceof Error fault) {
          throw fault;
        }
        throw e;
      }
    }
  }
}
