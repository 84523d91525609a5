package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent.ChallengeClosed;
import dev.keyledger.events.LiveKey;
import dev.keyledger.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docs/asyncapi.yaml} says of topics, types and headers is what is sent. */
class AsyncApiTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode ASYNC_API = read();

  @Test
  void everyTopicIsDescribedUnderItsName() throws Exception {
    Set<String> topics = new TreeSet<>();
    for (var constant : Topics.class.getFields()) {
      if (Modifier.isStatic(constant.getModifiers())) {
        topics.add((String) constant.get(null));
      }
    }

    assertThat(ASYNC_API.get("channels").values())
        .extracting(channel -> channel.get("address").stringValue())
        .containsExactlyInAnyOrderElementsOf(topics);
    assertThat(ASYNC_API.get("channels").values())
        .allSatisfy(channel ->
            assertThat(channel.at("/bindings/kafka/topic")).isEqualTo(channel.get("address")));
    assertThat(ASYNC_API.get("operations").values())
        .extracting(operation -> operation.at("/channel/$ref").stringValue())
        .containsExactlyInAnyOrderElementsOf(
            ASYNC_API.get("channels").propertyNames().stream()
                .map(name -> "#/channels/" + name)
                .toList());
  }

  @Test
  void everyTypeOfEventHasItsMessageAndNothingElseHas() {
    assertThat(messages("events"))
        .extracting(message -> message.get("name").stringValue())
        .containsExactlyInAnyOrderElementsOf(EventTypes.all().keySet());
    assertThat(messages("events")).allSatisfy(AsyncApiTest::assertSchemaOfItsName);
    assertSchemaOfItsName(messages("keys").getFirst());
    assertThat(messages("keys"))
        .extracting(message -> message.get("name").stringValue())
        .containsOnly(LiveKey.TYPE);
  }

  @Test
  void theHeadersOfAnEventAreThoseThatAreSent() {
    ChallengeClosed event = new ChallengeClosed("alice", Instant.EPOCH, "ch_1", "cancelled");
    LogRecord record = new EventRecords().of(event, 3, JSON.writeValueAsBytes(event));

    assertSent(record.at(17), "EventHeaders");
  }

  @Test
  void theHeadersOfAKeyAreThoseThatAreSentWithAndWithoutAValue() {
    String key = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";

    assertSent(
        new LiveKeyRow(key, "alice", "{}", 3, 17, "2026-11-26T12:00:00Z").record(), "KeyHeaders");
    assertSent(
        new LiveKeyRow(key, "alice", null, 4, 18, "2026-11-26T12:00:00Z").record(), "KeyHeaders");
  }

  /** All that is described is sent, and all that is sent is described. */
  private static void assertSent(ProducerRecord<String, byte[]> record, String headers) {
    JsonNode schema = ASYNC_API.at("/components/schemas/" + headers);
    ObjectNode sent = JSON.createObjectNode();
    for (Header header : record.headers()) {
      sent.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }

    assertThat(sent.propertyNames())
        .containsExactlyInAnyOrderElementsOf(schema.get("properties").propertyNames());
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(
                    sent,
                    context ->
                        context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .isEmpty();
  }

  private static void assertSchemaOfItsName(JsonNode message) {
    String name = message.get("name").stringValue();

    assertThat(message.at("/payload/schema/$ref").stringValue())
        .isEqualTo("../shared-events/src/main/resources" + EventTypes.schemaResource(name));
    assertThat(message.get("title").stringValue())
        .isEqualTo(name.replaceAll("^dev\\.keyledger\\.|\\.v1$", ""));
  }

  private static List<JsonNode> messages(String channel) {
    return ASYNC_API.at("/channels/" + channel + "/messages").values().stream()
        .map(message -> message.get("$ref").stringValue())
        .map(reference -> ASYNC_API.at(reference.substring(1)))
        .toList();
  }

  private static JsonNode read() {
    try {
      return JSON.valueToTree(new Yaml().<Object>load(Files.readString(DOCUMENT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
