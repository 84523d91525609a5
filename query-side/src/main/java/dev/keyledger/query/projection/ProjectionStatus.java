package dev.keyledger.query.projection;

import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Progress;
import dev.keyledger.query.views.Staleness;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows about the projection: its own partitions, and where any node had to stop.
 * Written by the consumer's thread, read by all.
 */
public final class ProjectionStatus implements Staleness {
  /** One of this node's partitions; the goal is the end of the log when it was assigned. */
  private record Partition(long next, @Nullable Long end, @Nullable Long goal) {
    Partition ending(long offset) {
      return new Partition(next, offset, goal == null ? Long.valueOf(offset) : goal);
    }

    long behind() {
      return end == null ? 0 : Math.max(0, end - next);
    }

    boolean reachedGoal() {
      return goal != null && next >= goal;
    }
  }

  private final Clock clock;
  private final Map<Integer, Partition> mine = new ConcurrentHashMap<>();
  private volatile Map<Integer, Progress> stored = Map.of();
  private volatile int partitionCount;
  private volatile boolean caughtUp;
  private volatile Instant newestApplied;

  ProjectionStatus(Clock clock) {
    this.clock = clock;
    this.newestApplied = clock.instant();
  }

  /** Whether the views once held all that was in this node's share of the log when it started. */
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public boolean stopped(AccountView view) {
    int partition = view.partition();
    if (partition == AccountView.NO_PARTITION && partitionCount > 0) {
      partition = partitionOf(view.accountId(), partitionCount);
    }
    Progress progress = stored.get(partition);
    return progress != null && progress.stop() != null;
  }

  /** The partitions at which any node had to stop, with the reason. */
  public Map<Integer, Progress.Stop> stops() {
    Map<Integer, Progress.Stop> stops = new TreeMap<>();
    stored.forEach((partition, progress) -> {
      if (progress.stop() != null) {
        stops.put(partition, progress.stop());
      }
    });
    return stops;
  }

  /** Records in the log that this node has yet to apply. */
  public long lagRecords() {
    return mine.values().stream().mapToLong(Partition::behind).sum();
  }

  /** Age in seconds of the newest record that was applied, 0 when nothing is left to apply. */
  public double lagSeconds() {
    return lagRecords() == 0
        ? 0
        : Math.max(0, Duration.between(newestApplied, clock.instant()).toMillis()) / 1000.0;
  }

  /** Partitions that this node is responsible for. */
  public int assigned() {
    return mine.size();
  }

  void assigned(int partition, long next) {
    mine.put(partition, new Partition(next, null, null));
  }

  void revoked(int partition) {
    mine.remove(partition);
  }

  /** The first offset that this node has not applied; 0 for a partition that is not its own. */
  long next(int partition) {
    Partition state = mine.get(partition);
    return state == null ? 0 : state.next();
  }

  /** The store stands further back again: what it lost has to be caught up with first. */
  void rewound(int partition, long next) {
    mine.computeIfPresent(partition, (_, _) -> new Partition(next, null, null));
    caughtUp = false;
  }

  /** The projection goes on at this offset, in views that nobody waits for. */
  void moved(int partition, long next) {
    mine.computeIfPresent(partition, (_, state) -> new Partition(next, state.end(), state.goal()));
  }

  void applied(Collection<Progress> steps, Instant newest) {
    Map<Integer, Progress> merged = new TreeMap<>(stored);
    for (Progress step : steps) {
      merged.put(step.partition(), step);
      mine.computeIfPresent(
          step.partition(),
          (_, state) -> new Partition(step.nextOffset(), state.end(), state.goal()));
    }
    stored = Map.copyOf(merged);
    newestApplied = newest;
    checkCaughtUp();
  }

  void stored(Map<Integer, Progress> progress) {
    stored = Map.copyOf(progress);
  }

  void ends(Map<Integer, Long> endOffsets, int partitions) {
    endOffsets.forEach(
        (partition, end) -> mine.computeIfPresent(partition, (_, state) -> state.ending(end)));
    partitionCount = partitions;
    checkCaughtUp();
  }

  private void checkCaughtUp() {
    if (!caughtUp && partitionCount > 0) {
      Map<Integer, Progress.Stop> stops = stops();
      caughtUp =
          mine.entrySet().stream()
              .allMatch(
                  entry -> entry.getValue().reachedGoal() || stops.containsKey(entry.getKey()));
    }
  }

  /** Where Kafka's default partitioner puts a key. */
  static int partitionOf(String key, int partitions) {
    byte[] bytes = Objects.requireNonNull(key).getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
  }
}
