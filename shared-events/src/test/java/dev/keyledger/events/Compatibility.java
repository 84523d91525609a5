package dev.keyledger.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a schema with the one that was published under the same name. The topics keep everything
 * for ever and services are updated one by one, so both ways have to work: who was built for the
 * published schema reads what is written from now on, and who is built for the present one reads
 * what was written before. That leaves two changes that break nobody: other words, and further
 * fields that need not be there. Everything else is found here ({@code docs/subscribers.md}).
 */
final class Compatibility {
  private static final Set<String> WORDS =
      Set.of("title", "description", "$comment", "examples", "deprecated");
  private static final Set<String> SETS = Set.of("required", "enum", "type");
  private static final Set<String> ALTERNATIVES = Set.of("oneOf", "anyOf", "allOf", "prefixItems");
  private static final Set<String> WITHIN = Set.of("items", "additionalProperties");

  private final JsonNode published;
  private final JsonNode present;
  private final Set<List<JsonNode>> seen = new HashSet<>();
  private final List<String> breaks = new ArrayList<>();

  private Compatibility(JsonNode published, JsonNode present) {
    this.published = published;
    this.present = present;
  }

  /** What readers of the one would stumble over with the other; empty if nothing. */
  static List<String> breaks(JsonNode published, JsonNode present) {
    Compatibility comparison = new Compatibility(published, present);
    comparison.compare("", published, present);
    return comparison.breaks;
  }

  private void compare(String at, JsonNode publishedPart, JsonNode presentPart) {
    if (!seen.add(List.of(publishedPart, presentPart))) {
      return;
    }
    JsonNode before = resolved(published, publishedPart);
    JsonNode after = resolved(present, presentPart);
    if (!before.isObject() || !after.isObject()) {
      compareExactly(at, before, after);
      return;
    }
    Set<String> keywords = new TreeSet<>(before.propertyNames());
    keywords.addAll(after.propertyNames());
    keywords.removeAll(WORDS);
    keywords.remove("$defs");
    for (String keyword : keywords) {
      compare(at, keyword, before, after);
    }
  }

  private void compare(String at, String keyword, JsonNode before, JsonNode after) {
    JsonNode was = before.path(keyword);
    JsonNode is = after.path(keyword);
    String place = at + "/" + keyword;
    if (keyword.equals("properties")) {
      compareFields(place, was, is, before.path("additionalProperties").asBoolean(true));
    } else if (SETS.contains(keyword)) {
      compareSets(place, was, is);
    } else if (ALTERNATIVES.contains(keyword) && was.size() == is.size()) {
      for (int i = 0; i < was.size(); i++) {
        compare(place + "/" + i, was.get(i), is.get(i));
      }
    } else if (WITHIN.contains(keyword) && was.isObject() && is.isObject()) {
      compare(place, was, is);
    } else {
      compareExactly(place, was, is);
    }
  }

  private void compareFields(String at, JsonNode was, JsonNode is, boolean mayGrow) {
    was.forEachEntry((name, field) -> {
      if (is.has(name)) {
        compare(at + "/" + name, field, is.get(name));
      } else {
        breaks.add(at + "/" + name + " is gone");
      }
    });
    is.propertyNames().stream()
        .filter(name -> !was.has(name) && !mayGrow)
        .forEach(name -> breaks.add(at + "/" + name + " is new where nothing may be added"));
  }

  private void compareSets(String at, JsonNode was, JsonNode is) {
    Set<JsonNode> before = set(was);
    Set<JsonNode> after = set(is);
    before.stream()
        .filter(value -> !after.contains(value))
        .forEach(value -> breaks.add(at + " lost " + value));
    after.stream()
        .filter(value -> !before.contains(value))
        .forEach(value -> breaks.add(at + " got " + value));
    if (was.isMissingNode() != is.isMissingNode()) {
      compareExactly(at, was, is);
    }
  }

  private void compareExactly(String at, JsonNode was, JsonNode is) {
    if (!was.equals(is)) {
      breaks.add(at + " was " + text(was) + " and is " + text(is));
    }
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "absent" : value.toString();
  }

  private static Set<JsonNode> set(JsonNode value) {
    Set<JsonNode> values = new HashSet<>();
    if (value.isArray()) {
      StreamSupport.stream(value.spliterator(), false).forEach(values::add);
    } else if (!value.isMissingNode()) {
      values.add(value);
    }
    return values;
  }

  /** What stands beside a reference counts, too (JSON Schema 2020-12, core, section 8.2.3.1). */
  private static JsonNode resolved(JsonNode schema, JsonNode part) {
    if (!part.path("$ref").asString("").startsWith("#/")) {
      return part;
    }
    ObjectNode both =
        (ObjectNode) schema.requiredAt(part.get("$ref").stringValue().substring(1)).deepCopy();
    part.forEachEntry((keyword, value) -> {
      if (!keyword.equals("$ref")) {
        both.set(keyword, value);
      }
    });
    return resolved(schema, both);
  }
}
