package dev.keyledger.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/**
 * A small file that only its owner may read: keys that a first start makes and later starts use.
 */
final class PrivateFile {
  private PrivateFile() {}

  /** The content of {@code file}; where there is none yet, what {@code first} makes, written. */
  static String readOrCreate(Path file, Supplier<String> first) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // Temporary files are made with mode 600; the move makes the content appear in one step.
      Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "new-", null);
      Files.writeString(temporary, first.get(), UTF_8);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file, UTF_8).strip();
  }
}
