package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits at the same moment is committed together, and nobody is told before. */
class GroupCommitTest {
  private static final String FIRST = "first";

  private final List<List<String>> committed = new CopyOnWriteArrayList<>();
  private final List<List<String>> attempted = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final List<String> alone = new CopyOnWriteArrayList<>();
  private final CountDownLatch secondMayEnd = new CountDownLatch(1);
  private volatile Supplier<Duration> patience = () -> Duration.ofDays(1);
  private final GroupCommit<String> commits =
      new GroupCommit<>(4, () -> patience.get(), new Works());

  @Test
  void whoComesAloneIsCommittedAlone() {
    commits.commit("a");
    commits.commit("b");

    assertThat(committed).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whoComesMeanwhileSharesTheNextCommitAndIsToldAfterIt() {
    List<CompletableFuture<Void>> calls = meet("a", "b", "c");
    assertThat(committed).isEmpty();
    assertThat(calls).noneMatch(CompletableFuture::isDone);

    assertThat(outcomes(calls)).containsOnly("done");
    assertThat(committed).containsExactly(List.of(FIRST), List.of("a", "b", "c"));
  }

  @Test
  void noGroupIsLargerThanTheMost() {
    assertThat(outcomes(meet("a", "b", "c", "d", "e", "f"))).containsOnly("done");
    assertThat(committed).extracting(List::size).containsExactly(1, 4, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ofAGroupThatFailsEachGoesOnByItself(int failing) {
    List<String> names = new ArrayList<>(List.of("a", "b", "c"));
    names.set(failing, "taken");
    List<String> expected = new ArrayList<>(Stream.of("done", "done", "done", "done").toList());
    expected.set(failing + 1, "taken");

    assertThat(outcomes(meet(names.toArray(String[]::new)))).isEqualTo(expected);
    assertThat(alone).containsExactlyInAnyOrderElementsOf(names);
    names.remove("taken");
    assertThat(committed).first().isEqualTo(List.of(FIRST));
    assertThat(committed.subList(1, committed.size()))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(List::of).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whoIsLeftOutIsToldAndTheOthersStayTogether(int leftOut) {
    List<String> names = new ArrayList<>(List.of("a", "b", "c"));
    names.set(leftOut, "late");
    List<String> expected = new ArrayList<>(Stream.of("done", "done", "done", "done").toList());
    expected.set(leftOut + 1, "late");

    assertThat(outcomes(meet(names.toArray(String[]::new)))).isEqualTo(expected);
    names.remove("late");
    assertThat(committed).containsExactly(List.of(FIRST), names);
  }

  @Test
  void whoIsLeftOutIsNotAskedToWaitForTheOthers() {
    List<CompletableFuture<Void>> calls = meet("slow", "late");
    firstMayEnd.countDown();

    assertThat(outcome(calls.getLast())).isEqualTo("late");
    assertThat(calls.get(1)).isNotDone();
    secondMayEnd.countDown();
    assertThat(outcomes(calls)).containsExactly("done", "done", "late");
  }

  @Test
  void whoseTurnDoesNotComeInTimeGoesAwayAndNothingIsDone() {
    List<CompletableFuture<Void>> calls = meet("a");
    patience = () -> Duration.ZERO;
    assertThatThrownBy(() -> commits.commit("hasty"))
        .isInstanceOf(RejectedExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);

    assertThat(commits.waiting()).isEqualTo(1);
    assertThat(outcomes(calls)).containsOnly("done");
    assertThat(committed).containsExactly(List.of(FIRST), List.of("a"));
  }

  @Test
  void whoIsInterruptedBeforeItsTurnGoesAwayAndNothingIsDone() {
    List<CompletableFuture<Void>> calls = meet("a");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> commits.commit("hasty"))
        .isInstanceOf(RejectedExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcomes(calls)).containsOnly("done");
    assertThat(committed).containsExactly(List.of(FIRST), List.of("a"));
  }

  @Test
  void whoIsInAGroupIsToldWhatBecameOfItHoweverLongThatTakes() {
    List<CompletableFuture<Void>> calls = meet("slow");
    CompletableFuture<Thread> impatient = new CompletableFuture<>();
    patience =
        () -> {
          await().until(() -> attempted.size() == 2);
          impatient.complete(Thread.currentThread());
          return Duration.ZERO;
        };
    calls.add(begin("b"));
    firstMayEnd.countDown();
    await().until(() -> impatient.join().getState() == Thread.State.WAITING);
    secondMayEnd.countDown();

    assertThat(outcomes(calls)).containsOnly("done");
    assertThat(committed).containsExactly(List.of(FIRST), List.of("slow", "b"));
  }

  @Test
  void nobodyTriesAgainWhatMayHaveBeenDone() {
    assertThat(outcomes(meet("a", "in doubt", "b")))
        .containsExactly("done", "in doubt", "in doubt", "in doubt");
    assertThat(attempted).containsExactly(List.of(FIRST), List.of("a", "in doubt", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"taken", "in doubt", "broken"})
  void othersGoOnAfterAFailure(String failure) {
    assertThatThrownBy(() -> commits.commit(failure)).hasMessage(failure);
    commits.commit("next");

    assertThat(committed).containsExactly(List.of("next"));
  }

  @Test
  void aGroupThatCouldNotEvenFailProperlyKeepsNobodyWaiting() {
    assertThat(outcomes(meet("a", "broken", "b")))
        .containsExactly("done", "broken", "broken", "broken");
    commits.commit("next");

    assertThat(committed).containsExactly(List.of(FIRST), List.of("next"));
  }

  /** Fails, waits or leaves out as the names say. */
  private final class Works implements GroupCommit.Target<String> {
    @Override
    public void together(List<String> works, BiConsumer<String, RuntimeException> leaveOut) {
      attempted.add(works);
      if (works.contains(FIRST)) {
        await().until(() -> firstMayEnd.getCount() == 0);
      }
      List<String> rest = new ArrayList<>(works);
      if (rest.remove("late")) {
        leaveOut.accept("late", new IllegalStateException("late"));
      }
      if (works.contains("slow")) {
        await().until(() -> secondMayEnd.getCount() == 0);
      }
      commit(rest);
    }

    @Override
    public void alone(String work) {
      alone.add(work);
      commit(List.of(work));
    }

    @Override
    public boolean goOnAlone(List<String> works, RuntimeException fault) {
      return !"in doubt".equals(fault.getMessage());
    }

    private void commit(List<String> works) {
      for (String failure : List.of("taken", "in doubt")) {
        if (works.contains(failure)) {
          throw new IllegalStateException(failure);
        }
      }
      if (works.contains("broken")) {
        throw new StackOverflowError("broken");
      }
      committed.add(works);
    }
  }

  /** Calls of the first, which is being committed, and of others in their order, which wait. */
  private List<CompletableFuture<Void>> meet(String... others) {
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    calls.add(CompletableFuture.runAsync(() -> commits.commit(FIRST), Thread::startVirtualThread));
    await().until(() -> !attempted.isEmpty());
    for (String other : others) {
      calls.add(begin(other));
    }
    return calls;
  }

  private CompletableFuture<Void> begin(String work) {
    int before = commits.waiting();
    CompletableFuture<Void> call =
        CompletableFuture.runAsync(() -> commits.commit(work), Thread::startVirtualThread);
    await().until(() -> commits.waiting() == before + 1);
    return call;
  }

  private List<String> outcomes(List<CompletableFuture<Void>> calls) {
    firstMayEnd.countDown();
    return calls.stream().map(GroupCommitTest::outcome).toList();
  }

  private static String outcome(CompletableFuture<Void> call) {
    try {
      call.join();
      return "done";
    } catch (CompletionException e) {
      return String.valueOf(rootOf(e).getMessage());
    }
  }

  private static Throwable rootOf(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? e : rootOf(cause);
  }
}
