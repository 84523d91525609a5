package dev.keyledger.command.due;

import dev.keyledger.command.due.DueStep.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps in memory, for tests: the table is shared by all nodes, as the real one is. */
final class InMemoryDueSteps implements DueSteps {
  private final Map<Slot, Row> table;
  private final InstantSource clock;
  private final String nodeId;

  InMemoryDueSteps(Map<Slot, Row> table, InstantSource clock, String nodeId) {
    this.table = table;
    this.clock = clock;
    this.nodeId = nodeId;
  }

  /** What there is one step for. */
  record Slot(String accountId, String publicApiKey, Kind kind) {
    static Slot of(DueStep step) {
      return new Slot(step.accountId(), step.publicApiKey(), step.kind());
    }
  }

  /** A step, and who claimed it until when. */
  record Row(DueStep step, @Nullable String claimedBy, @Nullable Instant claimedUntil) {}

  static Map<Slot, Row> table() {
    return new HashMap<>();
  }

  @Override
  public void schedule(DueStep step) {
    synchronized (table) {
      table.put(Slot.of(step), new Row(step, null, null));
    }
  }

  @Override
  public void cancel(String accountId, String publicApiKey, Collection<Kind> kinds) {
    synchronized (table) {
      kinds.forEach(kind -> table.remove(new Slot(accountId, publicApiKey, kind)));
    }
  }

  @Override
  public void cancelAll(String accountId) {
    synchronized (table) {
      table.keySet().removeIf(key -> key.accountId().equals(accountId));
    }
  }

  @Override
  public List<DueStep> claim(Kind kind, Instant until, int most) {
    synchronized (table) {
      Instant now = clock.instant();
      List<DueStep> due =
          table.values().stream()
              .filter(row -> row.step().kind() == kind && !row.step().at().isAfter(until))
              .filter(row -> row.claimedUntil() == null || !row.claimedUntil().isAfter(now))
              .map(Row::step)
              .sorted(Comparator.comparing(DueStep::at))
              .limit(most)
              .toList();
      due.forEach(step -> table.put(Slot.of(step), new Row(step, nodeId, now.plus(LEASE))));
      return due;
    }
  }

  @Override
  public void reclaim() {
    synchronized (table) {
      table.replaceAll(
          (key, row) -> nodeId.equals(row.claimedBy()) ? new Row(row.step(), null, null) : row);
    }
  }

  @Override
  public void done(DueStep step) {
    synchronized (table) {
      Row row = table.get(Slot.of(step));
      if (row != null && row.step().equals(step)) {
        table.remove(Slot.of(step));
      }
    }
  }

  @Override
  public Optional<Instant> oldest(Kind kind) {
    synchronized (table) {
      return table.values().stream()
          .map(Row::step)
          .filter(step -> step.kind() == kind)
          .map(DueStep::at)
          .min(Comparator.naturalOrder());
    }
  }
}
