package dev.keyledger.audit.log;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts records of several partitions into log order. Within a partition they are nearly in order;
 * what comes too early waits.
 */
final class Sequencer {
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private final LeafHashes taken;
  private final long first;
  private long next;
  private long repeats;

  private record Waiting(LogRecord record, int partition, long offset) {}

  /**
   * @param from the index that comes first; records before it are passed over
   */
  Sequencer(long from) {
    this.first = from;
    this.next = from;
    this.taken = new LeafHashes(from);
  }

  /**
   * Takes a record in.
   *
   * @param partition that it was read from
   * @param offset of it there
   * @throws TamperedException if another one has its index
   */
  void offer(LogRecord record, int partition, long offset) throws TamperedException {
    if (record.index() < first) {
      return;
    }
    boolean again;
    boolean same;
    if (record.index() < next) {
      again = true;
      same = taken.agrees(record.index(), record.leafHash());
    } else {
      Waiting other = waiting.putIfAbsent(record.index(), new Waiting(record, partition, offset));
      again = other != null;
      same = other == null || other.record().leafHash().equals(record.leafHash());
    }
    if (!same) {
      throw new TamperedException(
          record.index(), "index " + record.index() + " is there twice, with different bytes");
    }
    if (again) {
      repeats++;
    }
  }

  /** The next record in log order, null if it did not come yet. */
  @Nullable LogRecord take() {
    Waiting found = waiting.remove(next);
    if (found == null) {
      return null;
    }
    taken.add(found.record().leafHash());
    next++;
    return found.record();
  }

  /** The index that comes next. */
  long next() {
    return next;
  }

  /** Records that came too early. */
  int waiting() {
    return waiting.size();
  }

  /** The first offset of each partition of which a record waits. */
  Map<Integer, Long> firstWaiting() {
    return waiting.values().stream()
        .collect(Collectors.toMap(Waiting::partition, Waiting::offset, Math::min));
  }

  long repeats() {
    return repeats;
  }
}
