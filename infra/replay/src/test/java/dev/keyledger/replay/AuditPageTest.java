package dev.keyledger.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.tlog.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the code to the example in {@code docs/audit.md}, whose hashes another program made. */
class AuditPageTest {
  private final EventReader reader = new EventReader();
  private final KeyRings rings = new KeyRings();

  @BeforeEach
  void replay() throws Exception {
    List<String> lines = block("events").lines().toList();
    for (int i = 0; i < lines.size(); i += 2) {
      String[] places = lines.get(i).split(" ", -1);
      rings.apply(
          reader.read(
              Long.parseLong(places[0]),
              places[1],
              places[3],
              places[2],
              lines.get(i + 1).strip().getBytes(UTF_8)));
    }
  }

  @Test
  void theRings() throws Exception {
    assertThat(rings.all())
        .map(ring -> new String(CanonicalJson.bytes(ring), UTF_8))
        .isEqualTo(block("rings").lines().toList());
  }

  @Test
  void theirLeaves() throws Exception {
    assertThat(rings.all())
        .map(ring -> Hash.ofLeaf(CanonicalJson.bytes(ring)).toString())
        .isEqualTo(block("leaves").lines().toList());
  }

  @Test
  void theStateHash() throws Exception {
    assertThat(rings.stateHash()).hasToString(block("state-hash").strip());
  }

  private static String block(String name) throws IOException {
    Matcher block =
        Pattern.compile("^```" + name + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/audit.md")));
    assertThat(block.find()).as("docs/audit.md has " + name).isTrue();
    return block.group(1);
  }
}
