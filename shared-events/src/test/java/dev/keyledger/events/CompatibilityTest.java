package dev.keyledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which changes of a published schema are found to break its readers, and which are not. */
class CompatibilityTest {
  private static final String PUBLISHED =
      """
      {
        "$id": "https://keyledger.dev/schemas/dev.keyledger.Sample.v1.json",
        "description": "A sample.",
        "type": "object",
        "properties": {
          "label": {"title": "Label", "type": "string", "pattern": "^[a-z]+$", "maxLength": 9},
          "state": {"type": "string", "enum": ["active", "disabled"]},
          "count": {"type": "integer", "minimum": 1, "maximum": 5},
          "size": {"type": ["integer", "null"]},
          "at": {"type": "string", "format": "date-time"},
          "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
          "rights": {"description": "What it may.", "$ref": "#/$defs/rights"},
          "closed": {"type": "object", "properties": {}, "additionalProperties": false},
          "operation": {"oneOf": [{"const": "open"}, {"$ref": "#/$defs/rights"}]}
        },
        "required": ["label", "state"],
        "additionalProperties": true,
        "$defs": {
          "rights": {
            "type": "object",
            "properties": {"read": {"type": "boolean"}},
            "required": ["read"],
            "additionalProperties": true
          }
        }
      }
      """;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/properties,                       state,       , /properties/state is gone",
        "/properties,                       tags,        , /properties/tags is gone",
        "``,      required, `['label']`,            /required lost \"state\"",
        "``,      required, `['label','state','at']`, /required got \"at\"",
        "``,      additionalProperties, false,       /additionalProperties was true and is false",
        "``,      $id,      `'other'`,              /$id was",
        "``,      minProperties, 2,                 /minProperties was absent and is 2",
        "/properties/state, enum, `['active']`,     /properties/state/enum lost \"disabled\"",
        "/properties/state, enum, `['active','disabled','new']`, /properties/state/enum got \"new\"",
        "/properties/state, enum, ,                 /properties/state/enum lost",
        "/properties/label, enum, `['a']`,          /properties/label/enum got",
        "/properties/label, enum, `[]`,             /properties/label/enum was absent and is []",
        "/properties/label, type, `'integer'`,      /properties/label/type lost \"string\"",
        "/properties/label, type, `['string','null']`, /properties/label/type got \"null\"",
        "/properties/size,  type, `'integer'`,      /properties/size/type lost \"null\"",
        "/properties/label, pattern, `'^[a-z0-9]+$'`, /properties/label/pattern was",
        "/properties/label, pattern, ,              /properties/label/pattern was",
        "/properties/label, maxLength, 10,          /properties/label/maxLength was 9 and is 10",
        "/properties/label, maxLength, 8,           /properties/label/maxLength was 9 and is 8",
        "/properties/label, minLength, 1,           /properties/label/minLength was absent and is 1",
        "/properties/count, minimum, 0,             /properties/count/minimum was 1 and is 0",
        "/properties/count, maximum, ,              /properties/count/maximum was 5 and is absent",
        "/properties/at,    format, `'date'`,       /properties/at/format was",
        "/properties/at,    format, ,               /properties/at/format was",
        "/properties/at,    const, `'x'`,           /properties/at/const was",
        "/properties/tags,  uniqueItems, ,          /properties/tags/uniqueItems was",
        "/properties/tags,  contains, `{'const':'x'}`, /properties/tags/contains was",
        "/properties/tags/items, type, `'integer'`, /properties/tags/items/type lost",
        "/properties/tags,  items, ,                /properties/tags/items was",
        "/$defs/rights,     required, `[]`,         /properties/rights/required lost \"read\"",
        "/$defs/rights,     required, ,             /properties/rights/required lost \"read\"",
        "/$defs/rights/properties, read, ,          /properties/rights/properties/read is gone",
        "/$defs/rights/properties/read, type, `'string'`, /properties/rights/properties/read/type",
        "/properties/rights, maxProperties, 3,      /properties/rights/maxProperties was absent",
        "/properties/rights, $ref, `'#'`,           /properties/rights",
        "/properties/closed/properties, more, `{}`, /properties/closed/properties/more is new",
        "/properties/operation, oneOf, `[{'const':'open'}]`, /properties/operation/oneOf was",
        "/properties/operation, oneOf, `[{'const':'open'},{'$ref':'#/$defs/rights'},{'const':'new'}]`, /properties/operation/oneOf was",
        "/properties/operation, oneOf, `[{'const':'shut'},{'$ref':'#/$defs/rights'}]`, /properties/operation/oneOf/0/const was",
      })
  void aChangeThatBreaksReadersIsFound(String at, String name, String value, String found) {
    assertThat(breaks(at, name, value)).anySatisfy(broken -> assertThat(broken).startsWith(found));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/properties,             more,        `{'type':'string'}`",
        "/$defs/rights/properties, more,       `{'type':'boolean'}`",
        "/properties/label,       title,       `'The label'`",
        "/properties/label,       description, `'What the key is called.'`",
        "/properties/label,       title,       ",
        "/properties/label,       examples,    `['a']`",
        "/properties/label,       deprecated,  true",
        "``,                      $comment,    `'Looked at.'`",
        "``,                      required,    `['state','label']`",
        "/properties/state,       enum,        `['disabled','active']`",
        "/properties/state,       type,        `['string']`",
        "/$defs,                  unused,      `{'type':'string'}`",
        "/properties,             rights,      `{'type':'object','properties':{'read':{'type':'boolean'}},'required':['read'],'additionalProperties':true}`",
      })
  void aHarmlessChangePasses(String at, String name, String value) {
    assertThat(breaks(at, name, value)).isEmpty();
  }

  @Test
  void aSchemaThatContainsItselfIsCompared() {
    String tree = "{'properties':{'left':{'$ref':'#'},'leaf':{'type':'%s'}}}";

    assertThat(Compatibility.breaks(json(tree.formatted("string")), json(tree.formatted("string"))))
        .isEmpty();
    assertThat(
            Compatibility.breaks(json(tree.formatted("string")), json(tree.formatted("integer"))))
        .isNotEmpty();
  }

  /**
   * @param value in JSON with single quotes; absent takes the name away
   */
  private static List<String> breaks(String at, String name, String value) {
    JsonNode published = Golden.MAPPER.readTree(PUBLISHED);
    JsonNode present = published.deepCopy();
    ObjectNode part = (ObjectNode) present.requiredAt(at);
    if (value == null) {
      part.remove(name);
    } else {
      part.set(name, json(value));
    }
    return Compatibility.breaks(published, present);
  }

  private static JsonNode json(String text) {
    return Golden.MAPPER.readTree(text.replace('\'', '"'));
  }
}
