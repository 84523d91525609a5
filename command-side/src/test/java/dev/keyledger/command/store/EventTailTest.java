package dev.keyledger.command.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A follower's way through all events. */
class EventTailTest {
  private static final int BATCH = 2;

  private final Arrivals arrivals = new Arrivals(Duration.ofHours(1));
  private final List<Long> looks = new CopyOnWriteArrayList<>();
  private final CountDownLatch waits = new CountDownLatch(1);
  private volatile long newest;

  @Test
  void handsOutAllEventsBehindAToken() throws Exception {
    newest = 7;
    EventTail tail = from(new GlobalSequenceTrackingToken(2));

    for (long expected = 3; expected <= 7; expected++) {
      assertThat(index(tail.nextAvailable())).isEqualTo(expected);
    }
    assertThat(tail.hasNextAvailable(1, MILLISECONDS)).isFalse();
    assertThat(looks).startsWith(2L, 4L, 6L, 7L);
  }

  @Test
  void beginsWithTheFirst() throws Exception {
    newest = 1;
    assertThat(index(from(null).nextAvailable())).isEqualTo(1);
  }

  @Test
  void readsOnlyForOneWhoIsReadyToWait() throws Exception {
    newest = 3;
    EventTail tail = from(null);
    assertThat(tail.peek()).isEmpty();
    assertThat(tail.hasNextAvailable(0, NANOSECONDS)).isFalse();
    assertThat(looks).isEmpty();

    assertThat(tail.hasNextAvailable(1, MINUTES)).isTrue();
    TrackedEventMessage<?> peeked = tail.peek().orElseThrow();
    assertThat(tail.nextAvailable()).isSameAs(peeked);
    assertThat(looks).containsExactly(0L);
  }

  @Test
  void isWokenByWhatArrives() throws Exception {
    EventTail tail = from(null);
    CompletableFuture<Long> found =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return index(tail.nextAvailable());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            Thread::startVirtualThread);
    waits.await();

    newest = 1;
    arrivals.arrived();

    assertThat(found.get(1, MINUTES)).isEqualTo(1);
  }

  @Test
  void aFailureIsTheReaders() {
    EventTail tail =
        new EventTail(
            _ -> {
              throw new IllegalStateException("down");
            },
            null,
            arrivals);
    assertThatThrownBy(() -> tail.hasNextAvailable(1, MINUTES)).hasMessage("down");
  }

  private EventTail from(@Nullable TrackingToken token) {
    return new EventTail(this::next, token, arrivals);
  }

  private List<TrackedEventMessage<?>> next(@Nullable TrackingToken token) {
    long from = token == null ? 0 : ((GlobalSequenceTrackingToken) token).getGlobalIndex();
    looks.add(from);
    List<TrackedEventMessage<?>> found =
        LongStream.rangeClosed(from + 1, Math.min(from + BATCH, newest))
            .<TrackedEventMessage<?>>mapToObj(EventTailTest::event)
            .toList();
    if (found.isEmpty()) {
      waits.countDown();
    }
    return found;
  }

  private static TrackedEventMessage<?> event(long index) {
    return new GenericTrackedEventMessage<>(
        new GlobalSequenceTrackingToken(index), GenericEventMessage.asEventMessage("event"));
  }

  private static long index(TrackedEventMessage<?> event) {
    return ((GlobalSequenceTrackingToken) event.trackingToken()).getGlobalIndex();
  }
}
