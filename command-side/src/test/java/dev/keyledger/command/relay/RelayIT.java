package dev.keyledger.command.relay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.keyledger.command.Holder;
import dev.keyledger.command.SharedNode;
import dev.keyledger.command.TestNode;
import dev.keyledger.command.keyring.Challenge;
import dev.keyledger.command.keyring.Change;
import dev.keyledger.command.keyring.Decision;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteAll;
import dev.keyledger.command.keyring.KeyRingCommand.DeleteKey;
import dev.keyledger.command.keyring.KeyRingCommand.EditPermissions;
import dev.keyledger.command.keyring.KeyRingCommand.SendCode;
import dev.keyledger.command.keyring.KeyRingCommand.VerifyCode;
import dev.keyledger.command.keyring.Outcome;
import dev.keyledger.crypto.SecretText;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.Topics;
import dev.keyledger.testkit.TestPlatform;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** From a command to Kafka. */
@ExtendWith(SharedNode.class)
class RelayIT {
  private static final String KAFKA = TestPlatform.get().bootstrapServers();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final TestNode node;

  RelayIT(TestNode node) {
    this.node = node;
  }

  @Test
  void everyEventComesOnceAndInOrderOfItsAccount() throws Exception {
    List<Holder> holders = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 8; i++) {
        Holder holder = node.holder();
        holders.add(holder);
        threads.execute(() -> {
          for (int key = 1; key <= 4; key++) {
            holder.make("Bot" + key + "x");
          }
        });
      }
    }

    Map<String, List<Long>> positions =
        read(holders, 8 * 12).stream()
            .collect(groupingBy(ConsumerRecord::key, mapping(TopicReader::position, toList())));

    assertThat(positions).hasSize(8);
    assertThat(positions.values())
        .allSatisfy(each -> assertThat(each).containsExactlyElementsOf(oneTo(12)));
  }

  @Test
  void aRecordIsACloudEventInBinaryMode() {
    Holder holder = node.holder();
    Challenge challenge = holder.open("Bot1x");
    String account = holder.accountId();

    ConsumerRecord<String, byte[]> record = read(List.of(holder), 1).getFirst();

    assertThat(record.key()).isEqualTo(account);
    assertThat(
            StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key() + "=" + text(header)))
        .filteredOn(header -> !header.startsWith("ce_time=") && !header.startsWith("ce_logindex="))
        .containsExactlyInAnyOrder(
            "ce_specversion=1.0",
            "ce_id=" + account + ":1",
            "ce_source=/keyledger/command-side",
            "ce_type=dev.keyledger.ChallengeOpened.v1",
            "ce_subject=" + account,
            "ce_dataschema=https://keyledger.dev/schemas/dev.keyledger.ChallengeOpened.v1.json",
            "ce_position=1",
            "content-type=application/json");
    CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
    assertThat(event.getId()).isEqualTo(account + ":1");
    assertThat(event.getSource()).isEqualTo(URI.create("/keyledger/command-side"));
    assertThat(event.getType()).isEqualTo("dev.keyledger.ChallengeOpened.v1");
    assertThat(event.getSubject()).isEqualTo(account);
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getExtension("position")).isEqualTo("1");
    assertThat(event.getExtension("logindex")).asString().matches("[0-9]+");
    KeyRingEvent.ChallengeOpened value =
        JSON.readValue(
            Objects.requireNonNull(event.getData()).toBytes(), KeyRingEvent.ChallengeOpened.class);
    assertThat(value.challengeId()).isEqualTo(challenge.challengeId());
    assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(value.occurredAt());
  }

  @Test
  void everyValueFitsItsSchema() throws Exception {
    Holder holder = node.holder();
    holder.enrol();
    Challenge wrong = holder.open("Bot1x");
    holder.send(
        new VerifyCode(
            holder.accountId(), wrong.challengeId(), SecretText.of("none"), SecretText.of("none")));
    holder.send(new SendCode(holder.accountId(), wrong.challengeId()));
    holder.make("Bot2x");
    Holder other = node.holder();
    String key = key(other.make("Bot1x"));
    other.send(
        other.codes(
            Holder.challenge(
                other.send(
                    new EditPermissions(
                        other.accountId(),
                        key,
                        List.of("trade"),
                        List.of("203.0.113.7"),
                        Change.none(),
                        Change.none())))));
    other.send(other.codes(Holder.challenge(other.send(new DeleteKey(other.accountId(), key)))));
    other.send(other.codes(Holder.challenge(other.send(new DeleteAll(other.accountId())))));
    int count = Math.toIntExact(holder.position() + other.position());

    List<ConsumerRecord<String, byte[]>> records = read(List.of(holder, other), count);

    assertThat(records).hasSize(count);
    for (ConsumerRecord<String, byte[]> record : records) {
      String type = TopicReader.header(record, "ce_type");
      try (InputStream schema =
          Objects.requireNonNull(
              EventTypes.class.getResourceAsStream(EventTypes.schemaResource(type)), type)) {
        assertThat(SCHEMAS.getSchema(JSON.readTree(schema)).validate(JSON.readTree(record.value())))
            .as(type)
            .isEmpty();
      }
    }
  }

  private static String key(Decision made) {
    return ((Outcome.KeyMade) made.outcome()).key().publicApiKey();
  }

  @ParameterizedTest
  @CsvSource({Topics.EVENTS + ", 12", Topics.CHECKPOINTS + ", 1"})
  void aTopicHasItsPartitionsAndKeepsAllForEver(String name, int partitions) throws Exception {
    read(List.of(firstOf(node)), 1);
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA))) {
      Config config =
          Objects.requireNonNull(admin.describeConfigs(List.of(topic)).all().get().get(topic));
      TopicDescription description =
          Objects.requireNonNull(
              admin.describeTopics(List.of(name)).allTopicNames().get().get(name));

      assertThat(config.get("retention.ms").value()).isEqualTo("-1");
      assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
      assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
      assertThat(description.partitions()).hasSize(partitions);
    }
  }

  @Test
  void aTransactionThatCommitsLateIsNotPassedOver() throws Exception {
    String late = TestPlatform.get().freshName("late");
    try (Connection open = node.get(DataSource.class).getConnection()) {
      open.setAutoCommit(false);
      append(open, late);
      // These are appended after it, and are through before it is committed.
      Holder holder = firstOf(node);
      assertThat(read(List.of(holder), 1)).hasSize(1);
      open.commit();
    }

    try (TopicReader topic = new TopicReader(KAFKA)) {
      assertThat(topic.read(late::equals, 1))
          .singleElement()
          .satisfies(record -> assertThat(TopicReader.position(record)).isEqualTo(1));
    }
  }

  private void append(Connection open, String account) throws Exception {
    byte[] payload =
        node.get(Serializer.class)
            .serialize(
                new KeyRingEvent.ChallengeClosed(account, Instant.now(), "ch_1", "cancelled"),
                byte[].class)
            .getData();
    try (PreparedStatement insert =
        open.prepareStatement(
            """
            INSERT INTO domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                timestamp, payload_type, payload, meta_data)
            VALUES (gen_random_uuid(), ?, 0, 'KeyRing', ?, 'dev.keyledger.ChallengeClosed.v1', ?,
                convert_to('{}', 'UTF8'))\
            """)) {
      insert.setString(1, account);
      insert.setString(2, Instant.now().toString());
      insert.setBytes(3, payload);
      insert.executeUpdate();
    }
  }

  private static Holder firstOf(TestNode node) {
    Holder holder = node.holder();
    holder.open("Bot1x");
    return holder;
  }

  private static List<ConsumerRecord<String, byte[]>> read(List<Holder> holders, int count) {
    List<String> accounts = holders.stream().map(Holder::accountId).toList();
    try (TopicReader topic = new TopicReader(KAFKA)) {
      return topic.read(accounts::contains, count);
    }
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
