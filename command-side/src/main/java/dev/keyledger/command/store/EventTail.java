package dev.keyledger.command.store;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * All events behind a token in their order, with those to come: one follower's, for one thread.
 * What was read is handed out first; only who is ready to wait makes it read on.
 */
final class EventTail implements TrackingEventStream {
  private final Function<@Nullable TrackingToken, List<TrackedEventMessage<?>>> next;
  private final Arrivals arrivals;
  private final Queue<TrackedEventMessage<?>> read = new ArrayDeque<>();
  private @Nullable TrackingToken last;

  /**
   * @param next the first events behind a token; empty if there are none by now
   * @param from where to begin; {@code null} is before the first
   */
  EventTail(
      Function<@Nullable TrackingToken, List<TrackedEventMessage<?>>> next,
      @Nullable TrackingToken from,
      Arrivals arrivals) {
    this.next = next;
    this.last = from;
    this.arrivals = arrivals;
  }

  @Override
  public Optional<TrackedEventMessage<?>> peek() {
    return Optional.ofNullable(read.peek());
  }

  @Override
  public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    while (read.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      long known = arrivals.count();
      if (!readOn()) {
        arrivals.await(known, left);
      }
    }
    return true;
  }

  @Override
  public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
    while (!hasNextAvailable(Integer.MAX_VALUE, TimeUnit.MILLISECONDS)) {
      // There is no end of waiting here.
    }
    return read.remove();
  }

  @Override
  public void close() {
    read.clear();
  }

  private boolean readOn() {
    List<TrackedEventMessage<?>> found = next.apply(last);
    if (found.isEmpty()) {
      return false;
    }
    last = found.getLast().trackingToken();
    return read.addAll(found);
  }
}
