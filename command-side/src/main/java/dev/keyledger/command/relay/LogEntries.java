package dev.keyledger.command.relay;

import dev.keyledger.tlog.Hash;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log in PostgreSQL: which event has which place in it. */
class LogEntries {
  /** Those of before are looked at only where there are no others. */
  private static final String SIZE =
      """
      COALESCE(
          (SELECT first_index + size FROM log_stretch ORDER BY first_index DESC LIMIT 1),
          (SELECT MAX(log_index) + 1 FROM log_entry_single),
          0)\
      """;

  private final JdbcClient jdbc;
  private final EventRecords events;

  LogEntries(JdbcClient jdbc, EventRecords events) {
    this.jdbc = jdbc;
    this.events = events;
  }

  /**
   * Gives events the next places, in the caller's transaction, which has to keep others out.
   *
   * @return the log index of the first one
   */
  long append(List<LogRecord> batch) {
    byte[] leaves = new byte[batch.size() * Hash.SIZE];
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).leaf().copyTo(leaves, i);
    }
    return jdbc.sql(
            """
            INSERT INTO log_stretch (first_index, size, account_ids, positions, leaf_hashes)
            SELECT %s, ?, ?, ?, ?
            RETURNING first_index\
            """
                .formatted(SIZE))
        .param(batch.size())
        .param(batch.stream().map(LogRecord::accountId).toArray(String[]::new))
        .param(batch.stream().mapToLong(LogRecord::position).toArray())
        .param(leaves)
        .query(Long.class)
        .single();
  }

  /** Number of events that have a place. */
  long size() {
    return jdbc.sql("SELECT " + SIZE).query(Long.class).single();
  }

  /**
   * Reads what is there from one log index up to another.
   *
   * @throws LogFaultException if an event is missing, or is not what it was when it got its place
   */
  LogBatch read(long from, long to) {
    List<LogRecord> records =
        jdbc.sql(
                """
                SELECT log_index, position, leaf_hash, payload_type, payload
                FROM log_entries(?, ?)
                JOIN domain_event ON aggregate_identifier = account_id AND sequence_number = position - 1
                ORDER BY log_index\
                """)
            .params(from, to)
            .query((row, n) -> {
              LogRecord event = events.of(row.getString(4), row.getLong(2), row.getBytes(5));
              return checked(event, row.getLong(1), from + n, row.getBytes(3));
            })
            .list();
    if (records.size() != to - from) {
      throw new LogFaultException(
          "of the events from %d to %d there are %d".formatted(from, to - 1, records.size()));
    }
    return new LogBatch(from, records);
  }

  private static LogRecord checked(LogRecord event, long index, long expected, byte[] leafHash) {
    if (index != expected) {
      throw new LogFaultException("the event at %d is missing".formatted(expected));
    }
    if (!Arrays.equals(event.leaf().bytes(), leafHash)) {
      throw new LogFaultException("the event at %d is not what it was".formatted(index));
    }
    return event;
  }
}
