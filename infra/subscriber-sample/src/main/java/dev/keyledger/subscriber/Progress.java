package dev.keyledger.subscriber;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the subscriber is, in a file. What it made of the events has to lie where this lies, and
 * be written in one step with it; then a crash loses nothing and does nothing twice. What this
 * sample makes are lines on a terminal, so after a crash the last ones come again.
 *
 * @param offsets of the next record, by partition
 * @param positions of the last event, by account
 * @param doubtful accounts that something happened to which could not be understood
 */
record Progress(Map<Integer, Long> offsets, Map<String, Long> positions, Set<String> doubtful) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  Progress {
    offsets = new TreeMap<>(offsets);
    positions = new TreeMap<>(positions);
    doubtful = new TreeSet<>(doubtful);
  }

  /** Before the first event. */
  static Progress none() {
    return new Progress(Map.of(), Map.of(), Set.of());
  }

  /** What was saved last; none if nothing was. */
  static Progress load(Path file) {
    return Files.exists(file) ? JSON.readValue(file.toFile(), Progress.class) : none();
  }

  /** Saves all of it or, in a crash, nothing. */
  void save(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path fresh = Files.createTempFile(whole.getParent(), whole.getFileName().toString(), ".new");
    Files.write(fresh, JSON.writeValueAsBytes(this));
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
