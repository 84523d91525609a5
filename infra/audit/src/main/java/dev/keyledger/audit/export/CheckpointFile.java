package dev.keyledger.audit.export;

import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints.Signed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The checkpoints of an export: in each line, {@code size} and the signed {@code note}. */
final class CheckpointFile {
  static final String FILE = "checkpoints.jsonl";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Line(long size, String note) {}

  private CheckpointFile() {}

  static void write(Path file, Collection<Signed> checkpoints) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Signed signed : checkpoints) {
        Line line = new Line(signed.checkpoint().size(), signed.note());
        out.append(JSON.writeValueAsString(line)).append('\n');
      }
    }
  }

  /**
   * The notes; what is not one is given as it is, and no signature will fit it.
   *
   * @throws TamperedException if it is not the file that the manifest tells of
   */
  static List<byte[]> read(Path file, String sha256)
      throws UncheckedLogException, TamperedException {
    List<byte[]> notes = new ArrayList<>();
    try {
      if (!Sha256.of(file).equals(sha256)) {
        throw new TamperedException(
            TamperedException.NO_EVENT,
            FILE + " was changed: it has not the SHA-256 in the manifest");
      }
      for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
        notes.add(note(line.getBytes(StandardCharsets.ISO_8859_1)));
      }
      return notes;
    } catch (IOException e) {
      throw new UncheckedLogException("the checkpoints of the export can't be read: " + e);
    }
  }

  private static byte[] note(byte[] line) {
    try {
      return JSON.readValue(line, Line.class).note().getBytes(StandardCharsets.UTF_8);
    } catch (JacksonException e) {
      return line;
    }
  }
}
