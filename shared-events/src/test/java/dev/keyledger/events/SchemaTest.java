package dev.keyledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the Java records and the JSON Schemas together, in both directions. */
class SchemaTest {
  private static final Map<Class<?>, String> JSON_TYPES =
      Map.of(
          String.class, "string",
          Duration.class, "string",
          Instant.class, "string",
          int.class, "integer",
          long.class, "integer",
          Long.class, "integer",
          List.class, "array");

  static Collection<Class<? extends KeyRingEvent>> types() {
    return EventTypes.all().values();
  }

  @Test
  void theCatalogueNamesEveryEventAsTheContractDoes() {
    assertThat(EventTypes.all().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    "TwoFactorEnrolmentStarted",
                    "TwoFactorEnabled",
                    "TwoFactorDisabled",
                    "ChallengeOpened",
                    "CodeReissued",
                    "CodeRejected",
                    "CodeVerified",
                    "ChallengeClosed",
                    "AccountLocked",
                    "KeyCreated",
                    "PermissionsEdited",
                    "KeyDeleted",
                    "AllKeysDeleted",
                    "ExpiryChanged",
                    "KeyDisabled",
                    "KeyEnabled",
                    "KeyRotated",
                    "KeyExpiring",
                    "KeyExpired",
                    "PermissionsLapsed",
                    "TwoFactorReset",
                    "PersonErased")
                .map(name -> "dev.keyledger." + name + ".v1")
                .toList());
    EventTypes.all()
        .forEach((name, type) -> {
          assertThat(EventTypes.nameOf(type)).isEqualTo(name);
          assertThat(EventTypes.named(name)).contains(type);
        });
    assertThat(EventTypes.named("dev.keyledger.KeyCreated.v2")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSchemaIsValidAndNamesItself(Class<? extends KeyRingEvent> type) {
    JsonNode schema = schema(type);

    assertThat(Schemas.checkSchema(schema)).isEmpty();
    assertThat(schema.get("$id").stringValue()).isEqualTo(EventTypes.schemaUri(type));
    assertThat(schema.get("title").stringValue()).isEqualTo(type.getSimpleName());
  }

  @ParameterizedTest
  @MethodSource("types")
  void theSchemaHasTheFieldsOfTheRecord(Class<? extends KeyRingEvent> type) {
    assertSame(type, schema(type), Set.of());
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyFieldIsExplained(Class<? extends KeyRingEvent> type) {
    schema(type)
        .get("properties")
        .forEachEntry((name, field) -> {
          assertThat(field.path("title").asString("")).as(name).isNotBlank();
          assertThat(field.path("description").asString("")).as(name).endsWith(".");
        });
  }

  @ParameterizedTest
  @MethodSource("types")
  void partsHaveTheFieldsOfTheirRecords(Class<? extends KeyRingEvent> type) {
    JsonNode definitions = schema(type).path("$defs");
    if (uses(type, Rights.class)) {
      assertSame(Rights.class, definitions.get("rights"), Set.of());
    }
    if (uses(type, Rights.class) || uses(type, Operation.class) || uses(type, RateLimit.class)) {
      assertSame(RateLimit.class, definitions.get("rateLimit"), Set.of());
    }
    if (uses(type, Operation.class)) {
      JsonSubTypes variants = Operation.class.getAnnotation(JsonSubTypes.class);
      assertThat(definitions.get("operation").get("oneOf")).hasSize(variants.value().length);
      for (JsonSubTypes.Type variant : variants.value()) {
        JsonNode part = definitions.get(lowerCamel(variant.value().getSimpleName()));
        assertSame(variant.value(), part, Set.of("type"));
        assertThat(part.get("properties").get("type").get("const").stringValue())
            .isEqualTo(variant.name());
      }
    }
  }

  @Test
  void bothEventsWithAnOperationDescribeItAlike() {
    assertThat(schema(KeyRingEvent.CodeReissued.class).get("$defs"))
        .isEqualTo(schema(KeyRingEvent.ChallengeOpened.class).get("$defs"));
  }

  @ParameterizedTest
  @CsvSource({
    "KeyCreated.ed25519, permissions, '[\"read\",\"admin\"]'",
    "KeyCreated.ed25519, permissions, '[\"trade\"]'",
    "KeyCreated.ed25519, trustedIps, '[\"localhost\"]'",
    "KeyCreated.ed25519, algorithm, '\"rsa\"'",
    "KeyCreated.ed25519, label, '\"no digit\"'",
    "KeyCreated.ed25519, publicApiKey, '\"kl_sec_0uQ8fV3nW5xZ2aB7cD9eF4gH1JkL\"'",
    "KeyCreated.ed25519, expiresAt, '\"tomorrow\"'",
    "KeyCreated.ed25519, expiresAt, '1800000000'",
    "KeyCreated.ed25519, occurredAt, '\"2026-11-22T09:30:00+01:00\"'",
    "ChallengeOpened.delete-all, operation, '{\"type\":\"delete-key\"}'",
    "ChallengeOpened.delete-all, operation, '{\"type\":\"withdraw\"}'",
    "ChallengeOpened.delete-all, factors, '[\"totp\"]'",
    "ChallengeClosed.cancelled, reason, '\"forgotten\"'",
    "PermissionsEdited, before, '{\"permissions\":[\"read\"]}'",
    "KeyCreated.limited, rateLimit, '{\"perSecond\":0,\"burst\":1}'",
    "KeyCreated.limited, rateLimit, '{\"perSecond\":10}'",
    "KeyDisabled.by-owner, reason, '\"by-accident\"'",
    "KeyRotated.ed25519, rights, '{\"permissions\":[\"trade\"],\"trustedIps\":[]}'",
    "ChallengeOpened.rotate-key, operation, '{\"type\":\"rotate-key\",\"grace\":\"7 days\"}'",
    "TwoFactorReset, reason, '\"\"'",
    "TwoFactorReset, reason, '\"Lost phone, wrote from alice@example.com\"'",
    "TwoFactorReset, reason, '\"Lost phone\\nand more\"'",
    "TwoFactorReset, reason, '\"Lost phone\\n\"'",
    "PersonErased, supporter, '\"\"'",
  })
  void theSchemasAreNotEmptyWords(String golden, String field, String value) {
    Golden good =
        Golden.all().stream().filter(g -> g.name().equals(golden)).findFirst().orElseThrow();
    ObjectNode bad = (ObjectNode) good.json().deepCopy();
    bad.set(field, Golden.MAPPER.readTree(value));

    assertThat(Schemas.check(good.typeName(), bad)).isNotEmpty();
  }

  static void assertSame(Class<?> type, JsonNode schema, Set<String> discriminator) {
    List<RecordComponent> components = List.of(type.getRecordComponents());
    Set<String> names = new TreeSet<>(discriminator);
    Set<String> required = new TreeSet<>(discriminator);
    for (RecordComponent component : components) {
      names.add(component.getName());
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
      assertType(component, schema.get("properties").path(component.getName()));
    }
    assertThat(schema.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(texts(schema.get("required"))).containsExactlyInAnyOrderElementsOf(required);
    assertThat(schema.get("additionalProperties").booleanValue()).isTrue();
  }

  private static void assertType(RecordComponent component, JsonNode field) {
    String jsonType = JSON_TYPES.get(component.getType());
    if (jsonType == null) {
      assertThat(field.get("$ref").stringValue())
          .isEqualTo("#/$defs/" + lowerCamel(component.getType().getSimpleName()));
    } else {
      assertThat(field.path("type").asString("")).as(component.getName()).isEqualTo(jsonType);
    }
    assertThat(field.path("format").asString("").equals("date-time"))
        .isEqualTo(component.getType() == Instant.class);
  }

  private static boolean uses(Class<?> type, Class<?> part) {
    return Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getType() == part);
  }

  private static String lowerCamel(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::stringValue).toList();
  }

  private static JsonNode schema(Class<? extends KeyRingEvent> type) {
    return Schemas.of(EventTypes.nameOf(type));
  }
}
