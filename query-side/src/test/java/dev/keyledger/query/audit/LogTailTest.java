package dev.keyledger.query.audit;

import static dev.keyledger.query.Events.keyCreated;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

class LogTailTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final InMemoryLogStore store = new InMemoryLogStore();
  private final TestLog log = new TestLog();
  private final LogTail tail = new LogTail(store);

  @Test
  void startsAnywhereAndGoesOnWithWhatComes() {
    given(300);

    StepVerifier.create(tail.follow(99).map(LoggedEvent::index))
        .expectNextSequence(LongStream.range(100, 300).boxed().toList())
        .then(() -> given(150))
        .expectNextSequence(LongStream.range(300, 450).boxed().toList())
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void showsAnAccountItsOwnOnly() {
    given(300);
    List<Long> own = LongStream.range(0, 300).filter(n -> n % 3 == 1).boxed().toList();

    StepVerifier.create(tail.follow(-1, "acct-1").map(LoggedEvent::index))
        .expectNextSequence(own)
        .then(() -> log.add(keyCreated("bob", "k1")))
        .then(() -> store.take(log))
        .expectNoEvent(LogTail.LOOK_EVERY.multipliedBy(2))
        .then(() -> log.add(keyCreated("acct-1", "k1")))
        .then(() -> store.take(log))
        .expectNext(301L)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void neverPassesAGap() {
    given(5);
    List<LoggedEvent> more = List.of(log.add(keyCreated("a", "k")), log.add(keyCreated("b", "k")));
    store.append(more.subList(1, 2)).block();

    StepVerifier.create(tail.follow(3).map(LoggedEvent::index))
        .expectNext(4L)
        .expectNoEvent(LogTail.LOOK_EVERY.multipliedBy(2))
        .then(() -> store.take(log))
        .expectNext(5L, 6L)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void readsNoMoreThanIsTaken() {
    given(1000);

    StepVerifier.create(tail.follow(-1).map(LoggedEvent::index), 3)
        .expectNext(0L, 1L, 2L)
        .then(() -> assertThat(store.reads()).isEqualTo(1))
        .thenRequest(97)
        .expectNextSequence(LongStream.range(3, 100).boxed().toList())
        .then(() -> assertThat(store.reads()).isEqualTo(2))
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void oneThatIsSlowDoesNotHoldUpOthers() {
    given(1);
    BaseSubscriber<LoggedEvent> asksForNothing =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription unused) {}
        };
    tail.follow(0).subscribe(asksForNothing);

    StepVerifier.create(tail.follow(0).map(LoggedEvent::index))
        .then(() -> given(10))
        .expectNextCount(10)
        .thenCancel()
        .verify(SOON);
    asksForNothing.cancel();
  }

  @Test
  void ridesOutAStoreThatIsDownWhileNothingIsRead() {
    given(1);

    StepVerifier.create(tail.follow(0).map(LoggedEvent::index))
        .expectSubscription()
        .expectNoEvent(LogTail.LOOK_EVERY.multipliedBy(2))
        .then(() -> store.down(true))
        .expectNoEvent(LogTail.LOOK_EVERY.multipliedBy(2))
        .then(() -> store.down(false))
        .then(() -> given(1))
        .expectNext(1L)
        .thenCancel()
        .verify(SOON);
  }

  private void given(int events) {
    for (int n = 0; n < events; n++) {
      log.add(keyCreated("acct-" + log.size() % 3, "k" + n));
    }
    store.take(log);
  }
}
