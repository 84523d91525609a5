package dev.keyledger.query.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds the keys that an event is about, of types that came after this version too. */
public final class TouchedKeys {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAME = "PublicApiKey";

  private TouchedKeys() {}

  /**
   * The public API keys in a value: those in fields called {@code publicApiKey}, {@code
   * newPublicApiKey}, {@code publicApiKeys} and the like, at any depth.
   */
  public static List<String> of(byte[] value) {
    Set<String> keys = new LinkedHashSet<>();
    String field = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          field = parser.currentName();
        } else if (token == JsonToken.VALUE_STRING && isOfKeys(field)) {
          keys.add(parser.getString());
        }
      }
    } catch (JacksonException notJson) {
      return List.of();
    }
    return new ArrayList<>(keys);
  }

  private static boolean isOfKeys(String field) {
    String name = field.endsWith("s") ? field.substring(0, field.length() - 1) : field;
    return name.regionMatches(true, name.length() - NAME.length(), NAME, 0, NAME.length());
  }
}
