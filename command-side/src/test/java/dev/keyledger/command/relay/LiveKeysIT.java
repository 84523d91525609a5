package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Change;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.KeyRingCommand.DisableKey;
import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.command.keyring.KeyRingCommand.RotateKey;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Topics;
import dev.keyledger.testkit.TestPlatform;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The topic of keys: what is there of each key, and that the last word is the newest. */
@ExtendWith(SharedNode.class)
class LiveKeysIT {
  private static final String KAFKA = TestPlatform.get().bootstrapServers();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestNode node;
  private final Holder holder;

  LiveKeysIT(TestNode node) {
    this.node = node;
    this.holder = node.holder();
  }

  @Test
  void aKeyIsToldOfAsItIsAndAsGoneOnceItIsDeleted() throws Exception {
    String key = made(holder.make("Bot1x"));
    confirm(
        new EditPermissions(
            holder.accountId(),
            key,
            List.of("trade"),
            List.of("203.0.113.7"),
            Change.none(),
            Change.none()));

    ConsumerRecord<String, byte[]> edited = last(key);

    LiveKey value = JSON.readValue(edited.value(), LiveKey.class);
    assertThat(value.accountId()).isEqualTo(holder.accountId());
    assertThat(value.permissions()).containsExactly("read", "trade");
    assertThat(value.ipAccess()).isEqualTo("trusted");
    assertThat(value.position()).isEqualTo(holder.position());
    assertThat(TopicReader.header(edited, "ce_subject")).isEqualTo(holder.accountId());
    assertThat(TopicReader.header(edited, "ce_id")).isEqualTo(key + ":" + value.logIndex());
    assertThat(TopicReader.header(edited, "ce_type")).isEqualTo(LiveKey.TYPE);
    assertFitsItsSchema(edited.value());

    confirm(new DeleteKey(holder.accountId(), key));

    ConsumerRecord<String, byte[]> gone = last(key);
    assertThat(gone.value()).isNull();
    assertThat(TopicReader.position(gone)).isEqualTo(holder.position());
    assertThat(TopicReader.logIndex(gone)).isGreaterThan(value.logIndex());
  }

  @Test
  void theEndOfARotationAndTheDeletionOfAllAreToldOf() throws Exception {
    String old = made(holder.make("Bot1x"));
    String next = rotated(confirm(new RotateKey(holder.accountId(), old, "PT1H", null)));
    String other = made(holder.make("Bot2x"));
    assertThat(JSON.readValue(last(old).value(), LiveKey.class).rotatedTo()).isEqualTo(next);
    assertThat(JSON.readValue(last(old).value(), LiveKey.class).state()).isEqualTo("retiring");
    assertThat(JSON.readValue(last(next).value(), LiveKey.class).rotatedFrom()).isEqualTo(old);

    String again = rotated(confirm(new RotateKey(holder.accountId(), next, "PT0S", null)));
    assertThat(last(next).value()).isNull();
    assertThat(last(again).value()).isNotNull();

    confirm(new DeleteAll(holder.accountId()));

    assertThat(List.of(last(old), last(again), last(other)))
        .allSatisfy(record -> assertThat(record.value()).isNull());
  }

  /**
   * A node reads what there is to tell and then hangs. Another one takes its place and tells
   * something newer; what the first one sends when it wakes up must not come after that.
   */
  @Test
  void whoWasRelievedTellsNothingMore() throws Exception {
    String key = made(holder.make("Bot1x"));
    ConsumerRecord<String, byte[]> old = last(key);
    LiveKeyStore stale =
        new LiveKeyStore(
            node.jdbc(), TransactionOperations.withoutTransaction(), new EventRecords()) {
          @Override
          long lag() {
            return 1;
          }

          @Override
          boolean fold() {
            return false;
          }

          @Override
          List<LiveKeyRow> pending(int most) {
            LiveKeyRow row =
                new LiveKeyRow(
                    key,
                    holder.accountId(),
                    new String(old.value(), StandardCharsets.UTF_8),
                    TopicReader.position(old),
                    TopicReader.logIndex(old),
                    Instant.EPOCH.toString());
            if (most > 1) {
              holder.send(new DisableKey(holder.accountId(), key));
              assertThat(state(last(key))).isEqualTo("disabled");
            }
            return List.of(row);
          }
        };
    try (Producer<String, byte[]> producer = producer()) {
      LiveKeyPublisher relieved =
          new LiveKeyPublisher(stale, node.get(Publication.class), () -> producer);

      assertThatThrownBy(relieved::publish).isInstanceOf(KafkaException.class);
    }

    assertThat(state(last(key))).isEqualTo("disabled");
  }

  @Test
  void theTopicIsCompactedAndTellsOfDeletionsForAWeek() throws Exception {
    made(holder.make("Bot1x"));
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.KEYS);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA))) {
      Config config =
          Objects.requireNonNull(admin.describeConfigs(List.of(topic)).all().get().get(topic));

      assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(config.get("delete.retention.ms").value()).isEqualTo("604800000");
      assertThat(
              Objects.requireNonNull(
                      admin
                          .describeTopics(List.of(Topics.KEYS))
                          .allTopicNames()
                          .get()
                          .get(Topics.KEYS))
                  .partitions())
          .hasSize(12);
    }
  }

  private Decision confirm(KeyRingCommand command) {
    return holder.send(holder.codes(Holder.challenge(holder.send(command))));
  }

  private ConsumerRecord<String, byte[]> last(String key) {
    return PublishedKeys.records(node, key::equals).getLast();
  }

  private static String state(ConsumerRecord<String, byte[]> record) {
    return JSON.readValue(record.value(), LiveKey.class).state();
  }

  private Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            KAFKA,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "keyledger-keys-" + node.get(LiveKeyStore.class).writer()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static void assertFitsItsSchema(byte[] value) throws Exception {
    try (InputStream schema =
        Objects.requireNonNull(
            EventTypes.class.getResourceAsStream(EventTypes.schemaResource(LiveKey.TYPE)))) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(JSON.readTree(schema))
                  .validate(JSON.readTree(value)))
          .isEmpty();
    }
  }

  private static String made(Decision decision) {
    return ((Outcome.KeyMade) decision.outcome()).key().publicApiKey();
  }

  private static String rotated(Decision decision) {
    return ((Outcome.KeyReplaced) decision.outcome()).key().publicApiKey();
  }
}
