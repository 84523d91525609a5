package dev.keyledger.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Small files of this tool's own, which are there as a whole or not at all. */
public final class JsonFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private JsonFile() {}

  /** The file is there, and holds something else. */
  public static final class ForeignException extends UncheckedLogException {
    private static final long serialVersionUID = 1L;

    private ForeignException(Path file) {
      super(file + " is not one that this tool wrote");
    }
  }

  /** What is in the file, empty if there is none. */
  public static <T> Optional<T> read(Path file, Class<T> type) throws UncheckedLogException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      T content = JSON.readValue(file.toFile(), type);
      if (content == null) {
        throw new ForeignException(file);
      }
      return Optional.of(content);
    } catch (JacksonIOException e) {
      throw new UncheckedLogException("can't read " + file + ": " + e.getMessage());
    } catch (JacksonException e) {
      throw new ForeignException(file);
    }
  }

  /** Replaces the file. */
  public static void write(Path file, Object content) throws UncheckedLogException {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.write(draft, JSON.writeValueAsBytes(content));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedLogException("can't write " + file + ": " + e);
    }
  }
}
