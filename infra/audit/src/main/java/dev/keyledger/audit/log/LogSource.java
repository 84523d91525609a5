package dev.keyledger.audit.log;

import dev.keyledger.tlog.CompactRange;
import java.util.List;
import java.util.Map;

/** A log to be read: on a broker, or in an export. */
public interface LogSource extends AutoCloseable {

  /** What this is, in words. */
  String name();

  /** The notes of all checkpoints that there are, in the order in which they came. */
  List<byte[]> checkpoints() throws UncheckedLogException, TamperedException;

  /** The tree of the events before those that are here; the empty tree if all are. */
  CompactRange before();

  /** Whether more can come. */
  default boolean grows() {
    return false;
  }

  /** Reads from the beginning of what is here. */
  default LogReader read(long required) throws UncheckedLogException, TamperedException {
    return read(before().size(), Map.of(), required);
  }

  /**
   * Reads in log order.
   *
   * @param from the first index
   * @param offsets as {@link LogReader#offsets} told them when that index was the next one; empty
   *     to look for it from the beginning
   * @param required number of events that the log must have; where one of them is missing, reading
   *     ends with a {@link TamperedException}
   */
  LogReader read(long from, Map<Integer, Long> offsets, long required)
      throws UncheckedLogException, TamperedException;

  /** Reads from that index on, and waits for what comes, if anything can. */
  default LogReader follow(long from) throws UncheckedLogException, TamperedException {
    return read(from, Map.of(), 0);
  }

  @Override
  void close();
}
