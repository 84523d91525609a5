package dev.keyledger.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One recorded event as it travels: what was written once must be readable for ever.
 *
 * @param name {@code <Event>} or {@code <Event>.<variant>}
 */
record Golden(String name, JsonNode json) {
  static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final String EXTENSION = ".json";

  static List<Golden> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Golden::read).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String typeName() {
    return EventTypes.PREFIX + name.split("\\.", -1)[0] + EventTypes.SUFFIX;
  }

  Class<? extends KeyRingEvent> type() {
    return EventTypes.named(typeName()).orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Golden read(Path file) {
    String name = file.getFileName().toString();
    return new Golden(
        name.substring(0, name.length() - EXTENSION.length()), MAPPER.readTree(file.toFile()));
  }
}
