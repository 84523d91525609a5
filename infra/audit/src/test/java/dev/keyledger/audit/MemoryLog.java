package dev.keyledger.audit;

import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.tlog.CompactRange;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log in memory that gives out what it was given. */
public record MemoryLog(List<LogRecord> records, List<byte[]> checkpoints) implements LogSource {

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public CompactRange before() {
    return new CompactRange();
  }

  @Override
  public LogReader read(long from, Map<Integer, Long> offsets, long required) {
    Iterator<LogRecord> rest = records.stream().filter(r -> r.index() >= from).iterator();
    return new LogReader() {
      @Override
      public @Nullable LogRecord next() {
        return rest.hasNext() ? rest.next() : null;
      }

      @Override
      public Map<Integer, Long> offsets() {
        return Map.of();
      }

      @Override
      public long repeats() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
