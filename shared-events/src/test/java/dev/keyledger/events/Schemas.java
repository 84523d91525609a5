package dev.keyledger.events;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas as a subscriber finds them, and a validator that checks formats too. */
final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Schemas() {}

  static JsonNode of(String typeName) {
    String resource = EventTypes.schemaResource(typeName);
    try (InputStream in =
        Objects.requireNonNull(Schemas.class.getResourceAsStream(resource), resource)) {
      return Golden.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a subscriber's validator has against the JSON. */
  static List<Error> check(String typeName, JsonNode json) {
    return check(REGISTRY.getSchema(of(typeName)), json);
  }

  /** What JSON Schema itself has against the schema. */
  static List<Error> checkSchema(JsonNode schema) {
    return check(REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12)), schema);
  }

  private static List<Error> check(Schema schema, JsonNode json) {
    return schema.validate(
        json, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}
