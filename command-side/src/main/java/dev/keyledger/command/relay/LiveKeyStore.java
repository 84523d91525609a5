package dev.keyledger.command.relay;

import static java.util.stream.Collectors.toMap;

import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.LiveKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live keys in PostgreSQL, and what of them has yet to be told. They are folded from the log,
 * up to where Kafka has acknowledged it, so that nothing of a key is told before its event is.
 */
class LiveKeyStore {
  private static final int PAGE = 2_048;
  private static final String[] TYPES =
      LiveKeyFold.TYPES.stream().map(EventTypes::nameOf).toArray(String[]::new);

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final EventRecords records;
  private final JsonMapper json = JsonMapper.builder().build();

  LiveKeyStore(JdbcClient jdbc, TransactionOperations transactions, EventRecords records) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.records = records;
  }

  /** Names who may write, for Kafka; the same for ever, and another one for every database. */
  String writer() {
    return jdbc.sql("SELECT writer::text FROM live_key_topic").query(String.class).single();
  }

  /** Events from the oldest one on that is not told of yet, up to where the log is published. */
  long lag() {
    return jdbc.sql(
            """
            SELECT GREATEST(0, published - LEAST(folded,
                (SELECT MIN(log_index) FROM live_key WHERE pending)))
            FROM live_key_topic, log_publication\
            """)
        .query(Long.class)
        .single();
  }

  /**
   * Folds the next events, if there are any. Two nodes that do so at once take turns.
   *
   * @return whether there may be more
   * @throws LogFaultException if an event is not what it was when it got its place
   */
  boolean fold() {
    return Boolean.TRUE.equals(transactions.execute(status -> foldPage()));
  }

  /** The oldest of what has yet to be told, in the order of the log. */
  List<LiveKeyRow> pending(int most) {
    return jdbc.sql(
            """
            SELECT public_api_key, account_id, value, position, log_index, changed_at
            FROM live_key WHERE pending ORDER BY log_index LIMIT ?\
            """)
        .param(most)
        .query(LiveKeyRow.class)
        .list();
  }

  /** Notes that these were told; what has changed since is still to be. */
  void told(List<LiveKeyRow> rows) {
    String sent = "unnest(?::text[], ?::bigint[]) AS sent (public_api_key, log_index)";
    String same =
        " WHERE live_key.public_api_key = sent.public_api_key"
            + " AND live_key.log_index = sent.log_index AND value IS ";
    Object[] arrays = {
      rows.stream().map(LiveKeyRow::publicApiKey).toArray(String[]::new),
      rows.stream().mapToLong(LiveKeyRow::logIndex).toArray()
    };
    jdbc.sql("UPDATE live_key SET pending = FALSE FROM " + sent + same + "NOT NULL")
        .params(arrays)
        .update();
    jdbc.sql("DELETE FROM live_key USING " + sent + same + "NULL").params(arrays).update();
  }

  private boolean foldPage() {
    long folded =
        jdbc.sql("SELECT folded FROM live_key_topic FOR UPDATE").query(Long.class).single();
    long published = jdbc.sql("SELECT published FROM log_publication").query(Long.class).single();
    long end = Math.min(published, folded + PAGE);
    if (folded >= end) {
      return false;
    }
    List<PlacedEvent> events = events(folded, end);
    if (!events.isEmpty()) {
      Map<String, LiveKeyRow> rows = rows(events);
      events.forEach(event -> apply(event, rows));
      put(rows.values());
    }
    jdbc.sql("UPDATE live_key_topic SET folded = ?").param(end).update();
    return end < published;
  }

  private List<PlacedEvent> events(long from, long to) {
    return jdbc.sql(
            """
            SELECT log_index, position, leaf_hash, payload_type, payload
            FROM log_entries(?, ?)
            JOIN domain_event ON aggregate_identifier = account_id AND sequence_number = position - 1
            WHERE payload_type = ANY (?::text[])
            ORDER BY log_index\
            """)
        .params(from, to, TYPES)
        .query((row, n) ->
            checked(
                row.getLong(1), row.getLong(2), row.getBytes(3), row.getString(4), row.getBytes(5)))
        .list();
  }

  private PlacedEvent checked(
      long logIndex, long position, byte[] leafHash, String type, byte[] payload) {
    KeyRingEvent event = json.readValue(payload, EventTypes.named(type).orElseThrow());
    if (!Arrays.equals(records.of(event, position, payload).leaf().bytes(), leafHash)) {
      throw new LogFaultException("the event at %d is not what it was".formatted(logIndex));
    }
    return new PlacedEvent(logIndex, position, event);
  }

  /** The keys that events are about, as they are so far. */
  private Map<String, LiveKeyRow> rows(List<PlacedEvent> events) {
    String[] keys =
        events.stream()
            .flatMap(placed -> LiveKeyFold.steps(placed).keySet().stream())
            .distinct()
            .toArray(String[]::new);
    return jdbc
        .sql(
            """
            SELECT public_api_key, account_id, value, position, log_index, changed_at
            FROM live_key WHERE public_api_key = ANY (?::text[])\
            """)
        .param(keys)
        .query(LiveKeyRow.class)
        .stream()
        .collect(toMap(LiveKeyRow::publicApiKey, Function.identity(), (a, b) -> b, HashMap::new));
  }

  private void apply(PlacedEvent placed, Map<String, LiveKeyRow> rows) {
    LiveKeyFold.steps(placed)
        .forEach((publicApiKey, step) -> {
          LiveKey after = step.after(key(rows.get(publicApiKey)));
          rows.put(
              publicApiKey,
              new LiveKeyRow(
                  publicApiKey,
                  placed.event().accountId(),
                  after == null ? null : json.writeValueAsString(after),
                  placed.position(),
                  placed.logIndex(),
                  placed.event().occurredAt().toString()));
        });
  }

  private @Nullable LiveKey key(@Nullable LiveKeyRow row) {
    return row == null || row.value() == null ? null : json.readValue(row.value(), LiveKey.class);
  }

  private void put(Collection<LiveKeyRow> rows) {
    jdbc.sql(
            """
            INSERT INTO live_key (public_api_key, account_id, value, position, log_index, changed_at,
                pending)
            SELECT *, TRUE FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                ?::text[])
            ON CONFLICT (public_api_key) DO UPDATE SET value = excluded.value,
                position = excluded.position, log_index = excluded.log_index,
                changed_at = excluded.changed_at, pending = TRUE\
            """)
        .params(
            rows.stream().map(LiveKeyRow::publicApiKey).toArray(String[]::new),
            rows.stream().map(LiveKeyRow::accountId).toArray(String[]::new),
            rows.stream().map(LiveKeyRow::value).toArray(String[]::new),
            rows.stream().mapToLong(LiveKeyRow::position).toArray(),
            rows.stream().mapToLong(LiveKeyRow::logIndex).toArray(),
            rows.stream().map(LiveKeyRow::changedAt).toArray(String[]::new))
        .update();
  }
}
