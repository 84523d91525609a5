package dev.keyledger.command.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.command.TestClock;
import dev.keyledger.command.mail.Mails.Due;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for mails, wherever they are kept. */
abstract class MailsContract {
  private final TestClock clock = new TestClock();
  private Mails mine = new InMemoryMails(new InMemoryMails.Table(), clock, "unset");
  private Mails others = mine;

  /** Empties the store. */
  abstract void reset();

  /** The one store, as a node sees it. */
  abstract Mails node(String nodeId, InstantSource clock);

  @BeforeEach
  void start() {
    reset();
    mine = node("node-1", clock);
    others = node("node-2", clock);
  }

  @Test
  void aMailIsClaimedOnceWithinItsLease() {
    mine.note("alice", 3);

    assertThat(mine.claim(10)).containsExactly(new Due("alice", 3, 1));
    clock.advance(Mails.LEASE.minusMillis(1));
    assertThat(mine.claim(10)).isEmpty();
    assertThat(others.claim(10)).isEmpty();
    assertThat(mine.pending()).isEqualTo(1);
  }

  @Test
  void anotherNodeTakesItWhenTheLeaseIsOver() {
    mine.note("alice", 3);
    mine.claim(10);
    clock.advance(Mails.LEASE);

    assertThat(others.claim(10)).containsExactly(new Due("alice", 3, 2));
  }

  @Test
  void aRestartedNodeTakesItsOwnAtOnceAndNoOthers() {
    mine.note("alice", 3);
    mine.claim(10);
    mine.note("bob", 4);
    others.claim(10);

    Mails restarted = node("node-1", clock);
    restarted.reclaim();

    assertThat(restarted.claim(10)).containsExactly(new Due("alice", 3, 2));
  }

  @Test
  void aSentMailIsOverWhateverHappens() {
    mine.note("alice", 3);
    Due due = mine.claim(1).getFirst();
    mine.sent(due);

    mine.note("alice", 3);
    mine.retryAt(due, clock.instant());
    mine.reclaim();
    clock.advance(Duration.ofDays(1));

    assertThat(mine.claim(10)).isEmpty();
    assertThat(mine.pending()).isZero();
  }

  @Test
  void aDroppedMailIsOverToo() {
    mine.note("alice", 3);
    mine.drop(mine.claim(1).getFirst(), Mails.Reason.SUPERSEDED);
    mine.note("alice", 3);
    clock.advance(Duration.ofDays(1));

    assertThat(mine.claim(10)).isEmpty();
    assertThat(mine.pending()).isZero();
  }

  @Test
  void allThatWaitsForOneAccountIsDroppedWhoeverClaimedIt() {
    mine.note("alice", 3);
    Due claimed = others.claim(1).getFirst();
    mine.note("alice", 4);
    mine.note("bob", 3);

    mine.dropAll("alice", Mails.Reason.ERASED);
    others.retryAt(claimed, clock.instant());
    mine.note("alice", 3);
    clock.advance(Mails.LEASE);

    assertThat(mine.claim(10)).containsExactly(new Due("bob", 3, 1));
    mine.note("alice", 9);
    assertThat(mine.claim(10)).containsExactly(new Due("alice", 9, 1));
  }

  @Test
  void aPostponedMailIsDueAtItsInstantForAnyNode() {
    mine.note("alice", 3);
    mine.retryAt(mine.claim(1).getFirst(), clock.instant().plusSeconds(5));

    clock.advance(Duration.ofMillis(4_999));
    assertThat(others.claim(10)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(others.claim(10)).containsExactly(new Due("alice", 3, 2));
  }

  @Test
  void whoLostItsLeaseCannotFreeWhatAnotherIsSending() {
    mine.note("alice", 3);
    Due lost = mine.claim(1).getFirst();
    clock.advance(Mails.LEASE);
    others.claim(1);

    mine.retryAt(lost, clock.instant());

    assertThat(mine.claim(10)).isEmpty();
  }

  @Test
  void aMailIsOursUntilItEndsOrIsClaimedOnceMore() {
    mine.note("alice", 3);
    Due lost = mine.claim(1).getFirst();
    assertThat(mine.isStillOurs(lost)).isTrue();
    clock.advance(Mails.LEASE);
    Due again = others.claim(1).getFirst();

    assertThat(mine.isStillOurs(lost)).isFalse();
    assertThat(others.isStillOurs(again)).isTrue();
    mine.dropAll("alice", Mails.Reason.ERASED);
    assertThat(others.isStillOurs(again)).isFalse();
  }

  @Test
  void theOldestComeFirst() {
    for (int position = 1; position <= 4; position++) {
      mine.note("alice", position);
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(mine.claim(3)).extracting(Due::position).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(mine.claim(3)).extracting(Due::position).containsExactly(4L);
  }

  @Test
  void nodesThatClaimAtTheSameTimeShareTheWork() throws Exception {
    int all = 60;
    IntStream.rangeClosed(1, all).forEach(position -> mine.note("alice", position));
    List<Callable<List<Due>>> claims = new ArrayList<>();
    for (int i = 0; i < all / 5; i++) {
      Mails node = i % 2 == 0 ? mine : others;
      claims.add(() -> node.claim(5));
    }

    List<Long> claimed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<List<Due>> claim : threads.invokeAll(claims)) {
        claim.get().forEach(due -> claimed.add(due.position()));
      }
    }
    mine.claim(all).forEach(due -> claimed.add(due.position()));

    assertThat(claimed).hasSize(all).doesNotHaveDuplicates();
  }
}
