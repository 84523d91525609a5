package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.export.Exporter;
import dev.keyledger.audit.export.Format;
import dev.keyledger.audit.verify.SignedCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports are verified offline, and whatever is done to one of their files is found and named. */
class ExportedLogTest {
  private final TestLog log = TestLog.of(57);

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource
  void whatWasExportedIsSound(Format format) throws Exception {
    Path folder = export(format, 0, OptionalLong.empty());

    Run run = verify(folder);

    assertThat(run.out())
        .startsWith("SOUND: the 57 events from index 0 to 56 are those that the log signed.")
        .contains("6 checkpoints compared; the newest is of size 57");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aStretchIsProvedWithoutTheEventsBeforeIt(Format format) throws Exception {
    Path folder = export(format, 13, OptionalLong.of(44));

    Run run = verify(folder);

    assertThat(run.out())
        .startsWith("SOUND: the 27 events from index 13 to 39 are those")
        .contains("3 checkpoints compared")
        .contains("5 more events have no checkpoint yet");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\{", "\"count\"", "\"parts\"", "57", "\"file\"[^,]*,", "\"sha256\" : .*"})
  void aManifestThatIsNoneAnyMoreWasChanged(String part) throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    edit(
        folder.resolve("manifest.json"),
        text -> text.replaceFirst(part, part.endsWith(",") ? "" : "x"));

    Run run = verify(folder);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).startsWith("TAMPERED: manifest.json was changed");
  }

  @Test
  void aManifestOfNothingWasChanged() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    Files.writeString(folder.resolve("manifest.json"), "null");

    assertThat(verify(folder).status()).isEqualTo(1);
  }

  @Test
  void aTailOfAnExportPrintsWhatIsThere() throws Exception {
    Path folder = export(Format.JSONL, 13, OptionalLong.of(44));
    String key = TestLog.signer(1).verifierKey().toString();

    Run all = Run.of("tail", "--export", folder.toString(), "--verifier-key", key);
    Run wrong =
        Run.of("tail", "--export", folder.toString(), "--verifier-key", key, "--from", "-1");

    assertThat(all.out()).startsWith("13 ");
    assertThat(all.out().lines()).hasSize(32);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void aStretchThatBeginsElsewhereIsFound() throws Exception {
    Path folder = export(Format.JSONL, 13, OptionalLong.of(44));
    Path manifest = folder.resolve("manifest.json");
    String root = log.records().get(0).leafHash().toString();
    edit(manifest, text -> text.replaceFirst("(\"before\" : \\[ \")[^\"]*", "$1" + root));

    assertTampered(verify(folder), 13);
  }

  @Test
  void theResultIsJsonOnRequest() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());

    assertThat(verify(folder, "--json").out())
        .startsWith("{\"result\":\"sound\",\"first\":0,\"size\":57,\"root\":\"")
        .endsWith("\"checkpoints\":6,\"notCovered\":0,\"repeats\":0}\n");
    rows(folder, rows -> rows.remove(17));
    assertThat(verify(folder, "--json").out())
        .isEqualTo(
            "{\"result\":\"tampered\",\"firstBadIndex\":17,"
                + "\"finding\":\"index 18 stands where index 17 belongs\"}\n");
  }

  @ParameterizedTest
  @EnumSource(names = "PARQUET", mode = EnumSource.Mode.EXCLUDE)
  void aFlippedByteIsFound(Format format) throws Exception {
    for (String part : List.of("2026-11-22T12:00:05", "KeyDisabled.v1", "Bot 4", "by-owner")) {
      Path folder = export(format, 0, OptionalLong.empty());
      // Index 17 is the sixth event of the third account.
      row(folder, 17, row -> row.replaceFirst(part.substring(1), part.substring(1, 4) + "#"));
      Run run = verify(folder);
      assertThat(run.status()).as(part).isEqualTo(Status.TAMPERED);
      assertThat(run.out()).as(part).contains("First bad index: 17");
    }
  }

  @Test
  void anyFlippedByteOfParquetIsFound() throws Exception {
    Path folder = export(Format.PARQUET, 0, OptionalLong.empty());
    Path file = folder.resolve("events-000000000000.parquet");
    byte[] sound = Files.readAllBytes(file);
    for (int i = 0; i < sound.length; i += 97) {
      byte[] changed = sound.clone();
      changed[i] ^= 1;
      Files.write(file, changed);

      Run run = verify(folder);

      assertThat(run.status()).as("byte %d: %s", i, run).isEqualTo(Status.TAMPERED);
    }
  }

  @Test
  void aCellOfParquetThatWasChangedIsFound() throws Exception {
    Path folder = export(Format.PARQUET, 0, OptionalLong.empty());
    Path file = folder.resolve("events-000000000000.parquet");
    Path changed = folder.resolve("changed");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT * REPLACE (if(logindex = 17, replace(value, 'by-', 'BY-'), value) AS value) FROM '%s') TO '%s' (FORMAT parquet)"
              .formatted(file, changed));
    }
    Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);

    assertTampered(verify(folder), 17);
  }

  @Test
  void aChangedLeafHashIsFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    row(folder, 17, row -> row.replaceFirst("leafhash\":\"..", "leafhash\":\"zz"));

    assertTampered(verify(folder), 17);
  }

  @Test
  void aDroppedRowIsFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    rows(folder, rows -> rows.remove(17));

    assertTampered(verify(folder), 17);
  }

  @Test
  void aRowTwiceIsFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    rows(folder, rows -> rows.add(18, rows.get(17)));

    assertTampered(verify(folder), 18);
  }

  @Test
  void swappedRowsAreFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    rows(folder, rows -> Collections.swap(rows, 17, 23));

    assertTampered(verify(folder), 17);
  }

  @Test
  void aFileThatIsCutOffIsFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    rows(folder, rows -> rows.subList(40, rows.size()).clear());
    assertTampered(verify(folder), 40);

    folder = export(Format.CSV, 0, OptionalLong.empty());
    edit(file(folder), text -> text.substring(0, text.length() - 20));
    assertTampered(verify(folder), 19);
  }

  @Test
  void aMissingFileIsFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    Files.delete(folder.resolve("events-000000000020.jsonl"));

    assertTampered(verify(folder), 20);
  }

  @Test
  void bytesThatMeanNothingAreFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    edit(file(folder), text -> text.replaceFirst("\"logindex\":3", "\"logindex\": 3"));

    assertTampered(verify(folder), 0);
  }

  @Test
  void aChangedCheckpointIsFound() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    edit(
        folder.resolve("checkpoints.jsonl"),
        text -> text.replaceFirst("\\\\n20\\\\n", "\\\\n21\\\\n"));
    Run run = verify(folder);

    assertThat(run.status()).isEqualTo(Status.TAMPERED);
    assertThat(run.out()).contains("checkpoints.jsonl was changed").doesNotContain("First bad");
  }

  @Test
  void everyDigitOfTheManifestCounts() throws Exception {
    Path folder = export(Format.JSONL, 13, OptionalLong.of(44));
    Path manifest = folder.resolve("manifest.json");
    String sound = Files.readString(manifest);
    Matcher digits =
        Pattern.compile("\\d(?!\\d*\" :)").matcher(sound); // but those of sha256's name
    while (digits.find()) {
      String other =
          digits.group().equals("9") ? "8" : "" + (char) (sound.charAt(digits.start()) + 1);
      String upToThere = sound.substring(0, digits.start());
      Files.writeString(manifest, upToThere + other + sound.substring(digits.end()));

      Run run = verify(folder);

      assertThat(run.status()).as("%s%s: %s", upToThere, other, run).isEqualTo(Status.TAMPERED);
    }
  }

  @Test
  void whatTheManifestContradictsIsNamed() throws Exception {
    assertManifestChanged(
        "\"count\" : 57", "\"count\" : 58", "58 events are not those from index 0 to 56");
    assertManifestChanged(
        "\"last\" : 56", "\"last\" : 55", "57 events are not those from index 0 to 55");
    assertManifestChanged(
        "\"first\" : 20", "\"first\" : 21", "events-000000000020.jsonl begins at 21, not 20");
    assertManifestChanged("\"count\" : 17", "\"count\" : 16", "its files have 56 events, not 57");
    assertManifestChanged(
        "\"count\" : 6", "\"count\" : 5", "checkpoints.jsonl has 6 checkpoints, not 5");
    assertManifestChanged(
        "\"first\" : 10", "\"first\" : 20", "checkpoints.jsonl begins with size 10, not 20");
    assertManifestChanged(
        "log\\n57", "log\\n58", "its checkpoint is not the last one in checkpoints.jsonl");
  }

  private void assertManifestChanged(String told, String changed, String why) throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    edit(folder.resolve("manifest.json"), text -> text.replace(told, changed));

    Run run = verify(folder);

    assertThat(run.out()).isEqualTo("TAMPERED: manifest.json was changed: " + why + ".\n");
    assertThat(run.status()).isEqualTo(Status.TAMPERED);
  }

  @Test
  void aKeptCheckpointOfBeforeTheStretchCanNotBeCompared() throws Exception {
    Path folder = export(Format.JSONL, 13, OptionalLong.of(44));
    Path kept = Files.write(temp.resolve("kept"), log.checkpoints().getFirst());

    Run run = verify(folder, "--checkpoint", kept.toString());

    assertThat(run.err())
        .isEqualTo(
            "Could not check: %s is a checkpoint of size 10, which can't be compared: the first event here has index 13.\n"
                .formatted(kept));
    assertThat(run.status()).isEqualTo(Status.UNCHECKED);
  }

  @Test
  void aKeptCheckpointThatEndsWhereTheStretchBeginsIsCompared() throws Exception {
    Path folder = export(Format.JSONL, 13, OptionalLong.of(44));
    byte[] note = TestLog.checkpoint(log.records().subList(0, 13), TestLog.signer(1));
    Path kept = Files.write(temp.resolve("kept"), note);

    Run run = verify(folder, "--checkpoint", kept.toString());

    assertThat(run.out()).contains("4 checkpoints compared");
    assertThat(run.status()).isZero();
  }

  @Test
  void aFinishedExportIsNotOverwritten() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());

    Run run = Run.of("export", "--export", folder.toString(), folder.toString());

    assertThat(run.status()).isEqualTo(Status.UNCHECKED);
    assertThat(run.err()).contains("holds a finished export already");
  }

  @Test
  void anExportCanBeExportedInAnotherFormat() throws Exception {
    Path folder = export(Format.JSONL, 0, OptionalLong.empty());
    Path csv = temp.resolve("csv");

    Run run = Run.of("export", "--export", folder.toString(), "--format", "csv", csv.toString());

    assertThat(run.out()).startsWith("Exported 57 events, index 0 to 56, into " + csv);
    assertThat(verify(csv).status()).isZero();
  }

  @Test
  void whatIsNotFinishedIsNoExport() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("empty"));

    Run run = verify(folder);

    assertThat(run.status()).isEqualTo(Status.UNCHECKED);
    assertThat(run.err()).contains("is no finished export: it has no manifest.json");
  }

  private Path export(Format format, long first, OptionalLong last) throws Exception {
    Path folder = Files.createTempDirectory(temp, "export");
    SignedCheckpoints checkpoints = new SignedCheckpoints(List.of());
    checkpoints.addFound(log.checkpoints());
    new Exporter(new MemoryLog(log.records(), log.checkpoints()), checkpoints, folder, 20, () -> {})
        .export(format, first, last);
    return folder;
  }

  private Run verify(Path folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of("verify", "--export", folder.toString()));
    arguments.addAll(List.of("--verifier-key", log.verifierKey()));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static void assertTampered(Run run, long firstBadIndex) {
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("TAMPERED: ")
        .endsWith("First bad index: " + firstBadIndex + "\n");
    assertThat(run.status()).isEqualTo(Status.TAMPERED);
  }

  /**
   * Changes rows of the first file, and what the manifest says of it, as a careful tamperer does.
   */
  private static void rows(Path folder, java.util.function.Consumer<List<String>> change)
      throws IOException {
    Path all = folder.resolve("events-000000000000.jsonl");
    List<String> rows = new ArrayList<>();
    for (int first : new int[] {0, 20, 40}) {
      Path file = folder.resolve("events-%012d.jsonl".formatted(first));
      rows.addAll(Files.readAllLines(file));
      Files.delete(file);
    }
    change.accept(rows);
    Files.writeString(all, String.join("\n", rows) + "\n");
    edit(
        folder.resolve("manifest.json"),
        text ->
            text.replaceFirst(
                "(?s)\"parts\" : \\[.*?\\]",
                "\"parts\" : [ {\"file\":\"events-000000000000.jsonl\",\"first\":0,\"count\":57,\"sha256\":\"\"} ]"));
  }

  private static void row(Path folder, int index, UnaryOperator<String> change) throws IOException {
    Path file = file(folder);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int at = file.toString().endsWith("csv") ? index + 1 : index;
    assertThat(change.apply(lines.get(at))).isNotEqualTo(lines.get(at));
    lines.set(at, change.apply(lines.get(at)));
    String end = file.toString().endsWith("csv") ? "\r\n" : "\n";
    Files.writeString(file, String.join(end, lines) + end);
  }

  private static Path file(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("events-000000000000."))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void edit(Path file, UnaryOperator<String> change) throws IOException {
    String before = new String(Files.readAllBytes(file), UTF_8);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(file, after);
  }
}
