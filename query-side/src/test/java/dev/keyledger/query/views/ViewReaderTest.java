package dev.keyledger.query.views;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Waiting for a position. */
class ViewReaderTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final AccountView NONE = AccountView.unknown("alice");
  private static final AccountView ONE = AccountView.evolve(NONE, keyCreated("alice", "k1"), 1);

  private static final AccountView BOBS =
      AccountView.evolve(AccountView.unknown("bob"), keyCreated("bob", "k7"), 1);

  private final InMemoryViewStore store = new InMemoryViewStore();

  @Test
  void answersAtOnceWithoutAMinimum() {
    assertThat(new ViewReader(store, LONG).read("alice", 0).block()).isEqualTo(NONE);
    assertThat(store.finds()).isEqualTo(1);
  }

  @Test
  void answersAtOnceWithWhatIsThere() {
    write(NONE, ONE);

    assertThat(new ViewReader(store, LONG).read("alice", 1).block()).isEqualTo(ONE);
    assertThat(store.finds()).isEqualTo(1);
  }

  @Test
  void isWokenByThisNodesProjection() {
    ViewReader reader = new ViewReader(store, LONG);

    StepVerifier.withVirtualTime(() -> reader.read("alice", 1))
        .expectSubscription()
        .then(() -> {
          reader.advanced(BOBS);
          assertThat(reader.waiting()).isEqualTo(1);
          reader.advanced(ONE);
        })
        .expectNext(ONE)
        .verifyComplete();
    assertThat(reader.waiting()).isZero();
    assertThat(store.finds()).isEqualTo(1);
  }

  @Test
  void findsWhatAnotherNodeWroteByLookingAgain() {
    ViewReader reader = new ViewReader(store, LONG);

    StepVerifier.withVirtualTime(() -> reader.read("alice", 1))
        .expectSubscription()
        .expectNoEvent(Waiters.LOOK_UP_EVERY)
        .then(() -> write(NONE, ONE))
        .thenAwait(Waiters.LOOK_UP_EVERY)
        .expectNext(ONE)
        .verifyComplete();
  }

  @Test
  void seesWhatThisNodeWritesWhileItLooks() {
    LateStore late = new LateStore(store);
    ViewReader reader = new ViewReader(late, LONG);
    late.meanwhile = () -> reader.advanced(ONE);

    StepVerifier.withVirtualTime(() -> reader.read("alice", 1)).expectNext(ONE).verifyComplete();
  }

  @Test
  void givesUpInTheEnd() {
    ViewReader reader = new ViewReader(store, Duration.ofSeconds(5));
    write(NONE, ONE);

    StepVerifier.withVirtualTime(() -> reader.read("alice", 2))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(4999))
        .thenAwait(Duration.ofMillis(1))
        .verifyError(NotYetVisibleException.class);
    assertThat(reader.waiting()).isZero();
  }

  @Test
  void doesNotWaitForAViewWithAGap() {
    AccountView gap = ONE.knowing(5);
    write(NONE, gap);

    assertThat(new ViewReader(store, LONG).read("alice", 5).block()).isEqualTo(gap);
  }

  @Test
  void letsOnlySoManyWait() {
    ViewReader reader = new ViewReader(store, LONG);
    var waiting =
        IntStream.range(0, Waiters.AT_MOST)
            .mapToObj(_ -> reader.read("alice", 1).subscribe())
            .toList();

    StepVerifier.create(reader.read("bob", 1)).verifyError(NotYetVisibleException.class);

    waiting.forEach(Disposable::dispose);
    assertThat(reader.waiting()).isZero();
  }

  private void write(AccountView before, AccountView after) {
    assertThat(store.save(List.of(new Change(before, after))).block()).isTrue();
  }

  /** Shows nothing, and lets something happen before it says so. */
  private static final class LateStore extends ForwardingViewStore {
    private Runnable meanwhile = () -> {};

    LateStore(ViewStore store) {
      super(store);
    }

    @Override
    public Mono<AccountView> find(String accountId) {
      meanwhile.run();
      return Mono.just(AccountView.unknown(accountId));
    }
  }
}
