package dev.keyledger.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {
  @Test
  void anEmptyRing() {
    assertThat(json(KeyRing.empty("alice")))
        .isEqualTo(
            "{\"accountId\":\"alice\",\"keys\":[],\"logIndex\":-1,\"position\":0,"
                + "\"rejectionsInARow\":0,\"twoFactor\":{\"state\":\"disabled\"}}");
  }

  @Test
  void textIsEscapedAsRfc8785Says() {
    assertThat(json(KeyRing.empty("\b\t\n\f\r\u001f\u007f\"\\/\u20ac\u2028\ud83d\ude00")))
        .contains("\"\\b\\t\\n\\f\\r\\u001f\u007f\\\"\\\\/\u20ac\u2028\ud83d\ude00\"");
  }

  @Test
  void membersAreSortedEverywhere() {
    KeyRing ring = new History("alice").withTwoFactor().withKey("ch-1", "key-1").ring();

    assertSorted(JsonMapper.shared().readTree(json(ring)));
  }

  private static void assertSorted(JsonNode node) {
    assertThat(List.copyOf(node.propertyNames())).isSorted();
    for (Iterator<JsonNode> children = node.iterator(); children.hasNext(); ) {
      assertSorted(children.next());
    }
  }

  private static String json(KeyRing ring) {
    return new String(CanonicalJson.bytes(ring), UTF_8);
  }
}
