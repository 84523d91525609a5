package dev.keyledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the value on the topic of keys, its schema, and the JSON that was written once together.
 */
class LiveKeyTest {
  private static final JsonNode SCHEMA = Schemas.of(LiveKey.TYPE);

  @Test
  void theSchemaIsValidAndHasTheFieldsOfTheRecord() {
    assertThat(Schemas.checkSchema(SCHEMA)).isEmpty();
    assertThat(SCHEMA.get("$id").stringValue()).isEqualTo(EventTypes.schemaUri(LiveKey.TYPE));
    SchemaTest.assertSame(LiveKey.class, SCHEMA, Set.of());
    SchemaTest.assertSame(RateLimit.class, SCHEMA.get("$defs").get("rateLimit"), Set.of());
    assertThat(SCHEMA.get("properties").properties())
        .allSatisfy(
            field -> assertThat(field.getValue().get("description").asString()).endsWith("."));
  }

  @Test
  void itHasASchemaAsEventsHave() {
    assertThat(EventTypes.hasSchema(LiveKey.TYPE)).isTrue();
    assertThat(EventTypes.hasSchema("dev.keyledger.KeyCreated.v1")).isTrue();
    assertThat(EventTypes.hasSchema("dev.keyledger.KeyCreated.v2")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "retiring"})
  void whatWasWrittenOnceIsReadAndWrittenWithoutAChange(String name) {
    JsonNode golden = golden(name);

    LiveKey key = Golden.MAPPER.treeToValue(golden, LiveKey.class);

    assertThat(Golden.MAPPER.readTree(Golden.MAPPER.writeValueAsString(key))).isEqualTo(golden);
    assertThat(Schemas.check(LiveKey.TYPE, golden)).isEmpty();
    for (JsonNode required : SCHEMA.get("required")) {
      ObjectNode torn = (ObjectNode) golden.deepCopy();
      torn.remove(required.stringValue());
      assertThat(Schemas.check(LiveKey.TYPE, torn)).as(required.stringValue()).isNotEmpty();
    }
  }

  @Test
  void itMayGrow() {
    ObjectNode grown = ((ObjectNode) golden("active").deepCopy()).put("fromTheFuture", 1);

    assertThat(Schemas.check(LiveKey.TYPE, grown)).isEmpty();
    assertThat(Golden.MAPPER.treeToValue(grown, LiveKey.class))
        .isEqualTo(Golden.MAPPER.treeToValue(golden("active"), LiveKey.class));
  }

  private static JsonNode golden(String name) {
    return Golden.MAPPER.readTree(
        Path.of("src", "test", "resources", "live-keys", name + ".json").toFile());
  }
}
