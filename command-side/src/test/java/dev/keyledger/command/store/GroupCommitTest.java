package dev.keyledger.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
  private final GroupCommit<String> commits =
      new GroupCommit<>(4, this::commit, e -> !"in doubt".equals(e.getMessage()));

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
    names.remove("taken");
    assertThat(committed).first().isEqualTo(List.of(FIRST));
    assertThat(committed.subList(1, committed.size()))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(List::of).toList());
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

  private void commit(List<String> group) {
    attempted.add(group);
    if (group.contains(FIRST)) {
      await().until(() -> firstMayEnd.getCount() == 0);
    }
    for (String failure : List.of("taken", "in doubt")) {
      if (group.contains(failure)) {
        throw new IllegalStateException(failure);
      }
    }
    if (group.contains("broken")) {
      throw new StackOverflowError("broken");
    }
    committed.add(group);
  }

  /** Calls of the first, which is being committed, and of others in their order, which wait. */
  private List<CompletableFuture<Void>> meet(String... others) {
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    calls.add(CompletableFuture.runAsync(() -> commits.commit(FIRST), Thread::startVirtualThread));
    await().until(() -> !attempted.isEmpty());
    for (String other : others) {
      int before = commits.waiting();
      calls.add(
          CompletableFuture.runAsync(() -> commits.commit(other), Thread::startVirtualThread));
      await().until(() -> commits.waiting() == before + 1);
    }
    return calls;
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
