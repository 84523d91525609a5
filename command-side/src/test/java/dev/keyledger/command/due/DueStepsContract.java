package dev.keyledger.command.due;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.TestClock;
import dev.keyledger.command.due.DueStep.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for steps that are due, wherever they are kept. */
abstract class DueStepsContract {
  private final TestClock clock = new TestClock();
  private final Instant at = clock.instant().plusSeconds(60);
  private DueSteps mine = new InMemoryDueSteps(InMemoryDueSteps.table(), clock, "unset");
  private DueSteps others = mine;

  /** Empties the store. */
  abstract void reset();

  /** The one store, as a node sees it. */
  abstract DueSteps node(String nodeId, InstantSource clock);

  @BeforeEach
  void start() {
    reset();
    mine = node("node-1", clock);
    others = node("node-2", clock);
  }

  @Test
  void aStepIsClaimedAtItsInstantAndNotBefore() {
    mine.schedule(step("key-1", Kind.EXPIRE, at));

    assertThat(mine.claim(Kind.EXPIRE, at.minusMillis(1), 10)).isEmpty();
    assertThat(mine.claim(Kind.WARN, at, 10)).isEmpty();
    assertThat(mine.oldest(Kind.EXPIRE)).contains(at);
    assertThat(mine.claim(Kind.EXPIRE, at, 10)).containsExactly(step("key-1", Kind.EXPIRE, at));
  }

  @Test
  void aStepIsClaimedOnceWithinItsLease() {
    mine.schedule(step("key-1", Kind.EXPIRE, at));
    mine.claim(Kind.EXPIRE, at, 10);

    clock.advance(DueSteps.LEASE.minusMillis(1));
    assertThat(mine.claim(Kind.EXPIRE, at, 10)).isEmpty();
    assertThat(others.claim(Kind.EXPIRE, at, 10)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(others.claim(Kind.EXPIRE, at, 10)).hasSize(1);
  }

  @Test
  void aRestartedNodeTakesItsOwnAtOnceAndNoOthers() {
    mine.schedule(step("key-1", Kind.EXPIRE, at));
    mine.claim(Kind.EXPIRE, at, 10);
    mine.schedule(step("key-2", Kind.EXPIRE, at));
    others.claim(Kind.EXPIRE, at, 10);

    DueSteps restarted = node("node-1", clock);
    restarted.reclaim();

    assertThat(restarted.claim(Kind.EXPIRE, at, 10))
        .containsExactly(step("key-1", Kind.EXPIRE, at));
  }

  @Test
  void aStepThatWasTakenIsGone() {
    mine.schedule(step("key-1", Kind.EXPIRE, at));
    mine.claim(Kind.EXPIRE, at, 10).forEach(mine::done);

    clock.advance(Duration.ofDays(1));
    assertThat(mine.claim(Kind.EXPIRE, clock.instant(), 10)).isEmpty();
    assertThat(mine.oldest(Kind.EXPIRE)).isEmpty();
  }

  @Test
  void aStepThatWasMovedWhileItWasTakenStays() {
    mine.schedule(step("key-1", Kind.EXPIRE, at));
    DueStep taken = mine.claim(Kind.EXPIRE, at, 10).getFirst();
    DueStep moved = step("key-1", Kind.EXPIRE, at.plusSeconds(5));
    others.schedule(moved);

    mine.done(taken);

    assertThat(mine.claim(Kind.EXPIRE, at.plusSeconds(5), 10)).containsExactly(moved);
  }

  @Test
  void ofEachKindThereIsOneForAKey() {
    mine.schedule(step("key-1", Kind.EXPIRE, at));
    mine.schedule(step("key-1", Kind.EXPIRE, at.minusSeconds(5)));
    mine.schedule(step("key-1", Kind.LAPSE, at));

    assertThat(mine.claim(Kind.EXPIRE, at, 10))
        .containsExactly(step("key-1", Kind.EXPIRE, at.minusSeconds(5)));
    assertThat(mine.claim(Kind.LAPSE, at, 10)).hasSize(1);
  }

  @Test
  void whatIsCancelledIsGone() {
    for (Kind kind : Kind.values()) {
      mine.schedule(step("key-1", kind, at));
      mine.schedule(step("key-2", kind, at));
      mine.schedule(new DueStep("bob", "key-3", kind, at));
    }

    mine.cancel("alice", "key-1", List.of(Kind.WARN, Kind.EXPIRE));
    assertThat(mine.claim(Kind.WARN, at, 10)).hasSize(2);
    assertThat(mine.claim(Kind.END_GRACE, at, 10)).hasSize(3);
    mine.cancelAll("alice");
    assertThat(mine.claim(Kind.LAPSE, at, 10))
        .containsExactly(new DueStep("bob", "key-3", Kind.LAPSE, at));
  }

  @Test
  void theOldestComeFirst() {
    for (int key = 1; key <= 4; key++) {
      mine.schedule(step("key-" + key, Kind.EXPIRE, at.minusSeconds(key)));
    }

    assertThat(mine.claim(Kind.EXPIRE, at, 3))
        .extracting(DueStep::publicApiKey)
        .containsExactlyInAnyOrder("key-4", "key-3", "key-2");
    assertThat(mine.claim(Kind.EXPIRE, at, 3))
        .extracting(DueStep::publicApiKey)
        .containsExactly("key-1");
  }

  @Test
  void nodesThatClaimAtTheSameTimeShareTheWork() throws Exception {
    int all = 60;
    for (int key = 0; key < all; key++) {
      mine.schedule(step("key-" + key, Kind.EXPIRE, at));
    }
    List<Callable<List<DueStep>>> claims = new ArrayList<>();
    for (int i = 0; i < all / 5; i++) {
      DueSteps node = i % 2 == 0 ? mine : others;
      claims.add(() -> node.claim(Kind.EXPIRE, at, 5));
    }

    List<DueStep> claimed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<List<DueStep>> claim : threads.invokeAll(claims)) {
        claimed.addAll(claim.get());
      }
    }
    claimed.addAll(mine.claim(Kind.EXPIRE, at, all));

    assertThat(claimed).hasSize(all).doesNotHaveDuplicates();
  }

  private static DueStep step(String publicApiKey, Kind kind, Instant at) {
    return new DueStep("alice", publicApiKey, kind, at);
  }
}
