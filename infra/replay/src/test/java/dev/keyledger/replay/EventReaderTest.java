package dev.keyledger.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.events.EventTypes;
import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.events.KeyRingEvent.KeyDisabled;
import dev.keyledger.events.KeyRingEvent.PermissionsEdited;
import dev.keyledger.tlog.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventReaderTest {
  private static final String DISABLED = EventTypes.nameOf(KeyDisabled.class);
  private static final String VALUE =
      """
      {"accountId":"alice","occurredAt":"2026-11-22T12:00:00Z","publicApiKey":"key-1",
      "label":"Bot 1","reason":"by-owner"}\
      """;

  private final EventReader reader = new EventReader();

  static List<Path> golden() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("../../shared-events/src/test/resources/golden"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void readsWhatWasWrittenOnce(Path file) throws Exception {
    String name = file.getFileName().toString().split("\\.", -1)[0];
    String type = EventTypes.PREFIX + name + EventTypes.SUFFIX;

    LoggedEvent read = reader.read(7, "acct-7f3a", type, "3", Files.readAllBytes(file));

    assertThat(read.event().getClass().getSimpleName()).isEqualTo(name);
    assertThat(read.position()).isEqualTo(3);
    assertThat(read.logIndex()).isEqualTo(7);
  }

  @Test
  void readsAnEntry() throws Exception {
    LogEntry entry =
        LogEntry.builder()
            .header("ce_type", DISABLED.getBytes(UTF_8))
            .header("ce_position", "4".getBytes(UTF_8))
            .build("alice".getBytes(UTF_8), VALUE.getBytes(UTF_8));

    KeyRingEvent event = reader.read(0, entry).event();

    assertThat(event).isInstanceOf(KeyDisabled.class);
  }

  @Test
  void anEntryWithoutAnAttributeIsRefused() throws Exception {
    LogEntry entry = LogEntry.builder().build("alice".getBytes(UTF_8), VALUE.getBytes(UTF_8));

    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> reader.read(0, entry))
        .withMessage("it has no type");
  }

  @Test
  void passesOverWhatALaterVersionAdded() throws Exception {
    String more = VALUE.replace("{", "{\"mood\":\"good\",");

    assertThat(reader.read(0, "alice", DISABLED, "4", more.getBytes(UTF_8)).position())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "label":"Bot 1"        | "label":7              | its value is not the JSON of its type
          "label":"Bot 1"        | "label":null           | in its value, label is missing
          "reason":"by-owner"    | "why":"by-owner"       | in its value, reason is missing
          2026-11-22T12:00:00Z   | yesterday              | its value is not the JSON of its type
          "2026-11-22T12:00:00Z" | 1795348800             | its value is not the JSON of its type
          "label":"Bot 1"        | "label":"A","label":"B"| its value is not the JSON of its type
          }                      | }{}                    | its value is not the JSON of its type
          alice                  | bob                    | its value names another account than its key
          """)
  void valuesThatAreNotRightAreRefused(String right, String wrong, String why) {
    assertRefused(DISABLED, "4", VALUE.replace(right, wrong), why);
  }

  @Test
  void aValueThatNoRecordCanBeMadeOfIsRefused() {
    String edited =
        """
        {"accountId":"alice","occurredAt":"2026-11-22T12:00:00Z","challengeId":"c",
        "publicApiKey":"key-1","label":"Bot 1","before":{"permissions":[],"trustedIps":[]},
        "after":{"permissions":[],"trustedIps":[null]}}\
        """;

    assertRefused(
        EventTypes.nameOf(PermissionsEdited.class),
        "4",
        edited,
        "its value is not the JSON of its type");
  }

  @Test
  void readsValuesOfAnyLengthToTheirEnd() throws Exception {
    String added = "\"mood\":\"" + "\u20ac".repeat(15_000) + "\",";
    String more = VALUE.replace("{", "{" + added);

    assertThat(reader.read(0, "alice", DISABLED, "4", more.getBytes(UTF_8)).position())
        .isEqualTo(4);
    assertRefused(DISABLED, "4", more + "{}", "its value is not the JSON of its type");
    assertRefused(
        DISABLED,
        "4",
        more.replace("}", ",\"mood\":\"\"}"),
        "its value is not the JSON of its type");
  }

  @Test
  void whatIsNoEventAtAllIsRefused() {
    assertRefused(DISABLED, "4", "null", "in its value, all of it is missing");
    assertRefused(DISABLED, "4", "", "its value is not the JSON of its type");
    assertRefused(DISABLED, "four", VALUE, "its position is not a number");
    assertRefused(
        "dev.keyledger.KeyPolished.v1", "4", "{}", "its type is not known to this version");
  }

  private void assertRefused(String type, String position, String value, String why) {
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> reader.read(0, "alice", type, position, value.getBytes(UTF_8)))
        .withMessage(why);
  }
}
