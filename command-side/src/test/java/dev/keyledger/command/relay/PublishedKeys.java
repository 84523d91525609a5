package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.command.TestNode;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.Topics;
import dev.keyledger.testkit.TestPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The live keys of one database as a reader finds them on Kafka. */
final class PublishedKeys {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PublishedKeys() {}

  /** All records of some keys, once the topic tells all that the node's database knows. */
  static List<ConsumerRecord<String, byte[]>> records(TestNode node, Predicate<String> keys) {
    awaitTold(node);
    return TopicReader.all(TestPlatform.get().bootstrapServers(), Topics.KEYS).stream()
        .filter(record -> keys.test(record.key()))
        .toList();
  }

  /** What the last record of each key says is what the database's events say. */
  static void check(TestNode node) {
    Map<String, String> expected = expected(node.jdbc());
    Map<String, String> last = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : records(node, everMade(node)::contains)) {
      if (record.value() == null) {
        last.remove(record.key());
      } else {
        last.put(record.key(), new String(record.value(), StandardCharsets.UTF_8));
      }
    }
    assertThat(last).isEqualTo(expected);
    assertThat(node.jdbc().sql("SELECT COUNT(*) FROM live_key").query(Integer.class).single())
        .isEqualTo(expected.size());
  }

  private static void awaitTold(TestNode node) {
    long events = node.jdbc().sql("SELECT COUNT(*) FROM domain_event").query(Long.class).single();
    await()
        .atMost(Duration.ofSeconds(60))
        .dontCatchUncaughtExceptions()
        .until(() ->
            gauge(node, "keyledger.log.published") >= events
                && gauge(node, "keyledger.keys.lag.events") == 0);
  }

  private static double gauge(TestNode node, String name) {
    return node.get(MeterRegistry.class).get(name).gauge().value();
  }

  private static Set<String> everMade(TestNode node) {
    return node.jdbc()
        .sql(
            """
            SELECT convert_from(payload, 'UTF8')::jsonb ->> name FROM domain_event,
                unnest(ARRAY['publicApiKey', 'newPublicApiKey']) AS name
            WHERE convert_from(payload, 'UTF8')::jsonb ->> name IS NOT NULL\
            """)
        .query(String.class)
        .set();
  }

  private static Map<String, String> expected(JdbcClient database) {
    Map<String, LiveKeyModel> accounts = new HashMap<>();
    database
        .sql(
            """
            SELECT account_id, log_index, position, payload_type, payload
            FROM log_entries(0, 9223372036854775807)
            JOIN domain_event ON aggregate_identifier = account_id AND sequence_number = position - 1
            ORDER BY log_index\
            """)
        .query(row -> {
          accounts
              .computeIfAbsent(row.getString(1), LiveKeyModel::new)
              .accept(
                  row.getLong(2),
                  row.getLong(3),
                  JSON.readValue(
                      row.getBytes(5), EventTypes.named(row.getString(4)).orElseThrow()));
        });
    Map<String, String> values = new TreeMap<>();
    accounts.values().forEach(account -> values.putAll(account.json()));
    return values;
  }
}
