package dev.keyledger.command.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Commits together what waits at the same moment. Who comes while nothing is being committed goes
 * at once and alone; who comes meanwhile is in the next group, however many that are. Nobody waits
 * for company, and nobody is told before the commit.
 *
 * @param <T> what one caller has committed
 */
final class GroupCommit<T> {
  private final int most;
  private final Consumer<List<T>> commit;
  private final Predicate<RuntimeException> nothingWasDone;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Member<T>> waiting = new ArrayDeque<>();
  private boolean busy;

  /**
   * @param most members of one group
   * @param commit commits all or nothing, in the thread of one of the members
   * @param nothingWasDone whether what {@code commit} threw leaves no doubt that nothing is
   *     committed, and another attempt is worth it: then each member of the group goes on by itself
   */
  GroupCommit(int most, Consumer<List<T>> commit, Predicate<RuntimeException> nothingWasDone) {
    this.most = most;
    this.commit = commit;
    this.nothingWasDone = nothingWasDone;
  }

  /** Returns once the work is committed, and throws what {@code commit} threw if it is not. */
  void commit(T work) {
    Member<T> member = new Member<>(work, new CompletableFuture<>());
    switch (enter(member) ? Turn.LEAD : member.await()) {
      case LEAD -> lead(member);
      case ALONE -> commit.accept(List.of(work));
      case DONE -> {}
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

  private void lead(Member<T> leader) {
    List<Member<T>> others = takeWaiting();
    List<T> works = new ArrayList<>(others.size() + 1);
    works.add(leader.work());
    others.forEach(member -> works.add(member.work()));
    try {
      commit.accept(works);
    } catch (RuntimeException e) {
      leave();
      if (others.isEmpty() || !nothingWasDone.test(e)) {
        others.forEach(member -> member.turn().completeExceptionally(e));
        throw e;
      }
      others.forEach(member -> member.turn().complete(Turn.ALONE));
      commit.accept(List.of(leader.work()));
      return;
    } catch (Error e) {
      leave();
      others.forEach(member -> member.turn().completeExceptionally(e));
      throw e;
    }
    leave();
    others.forEach(member -> member.turn().complete(Turn.DONE));
  }

  private List<Member<T>> takeWaiting() {
    lock.lock();
    try {
      List<Member<T>> taken = new ArrayList<>();
      while (taken.size() < most - 1 && !waiting.isEmpty()) {
        taken.add(waiting.remove());
      }
      return taken;
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
    /** Can't be interrupted: a caller who went away could not say what became of the command. */
    Turn await() {
      try {
        return turn.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException fault) {
          throw fault;
        }
        throw e;
      }
    }
  }
}
