package dev.keyledger.audit.export;

import dev.keyledger.audit.export.Manifest.Part;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.verify.SignedCheckpoints.Signed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
   * The notes.
   *
   * @param told what the manifest tells of the file
   * @param newest the last note in it, as the manifest has it; empty if there is none
   * @throws TamperedException if it is another file
   */
  static List<byte[]> read(Path folder, Part told, String newest)
      throws UncheckedLogException, TamperedException {
    Path file = folder.resolve(told.file());
    try {
      if (!Sha256.of(file).equals(told.sha256())) {
        throw new TamperedException(
            TamperedException.NO_EVENT,
            FILE + " was changed: it has not the SHA-256 in the manifest");
      }
      List<Line> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        lines.add(JSON.readValue(line, Line.class));
      }
      requireTold(lines, told, newest);
      return lines.stream().map(line -> line.note().getBytes(StandardCharsets.UTF_8)).toList();
    } catch (JacksonException | CharacterCodingException e) {
      throw new TamperedException(
          TamperedException.NO_EVENT, FILE + " was changed: a line is no checkpoint");
    } catch (IOException e) {
      throw new UncheckedLogException("the checkpoints of the export can't be read: " + e);
    }
  }

  private static void requireTold(List<Line> lines, Part told, String newest)
      throws TamperedException {
    if (lines.size() != told.count()) {
      throw Manifest.changed(
          "%s has %d checkpoints, not %d".formatted(FILE, lines.size(), told.count()));
    }
    long first = lines.isEmpty() ? 0 : lines.getFirst().size();
    if (first != told.first()) {
      throw Manifest.changed("%s begins with size %d, not %d".formatted(FILE, first, told.first()));
    }
    if (!newest.equals(lines.isEmpty() ? "" : lines.getLast().note())) {
      throw Manifest.changed("its checkpoint is not the last one in " + FILE);
    }
  }
}
