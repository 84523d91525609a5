package dev.keyledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.export.Exporter;
import dev.keyledger.audit.export.Format;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.verify.SignedCheckpoints;
import dev.keyledger.tlog.Checkpoint;
import dev.keyledger.tlog.CompactRange;
import dev.keyledger.tlog.Hash;
import dev.keyledger.tlog.SignedNote;
import dev.keyledger.tlog.VerifiedSignature;
import dev.keyledger.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code witness} asks a witness for, and what it makes of the answers. */
class WitnessCommandTest {
  private final TestLog log = TestLog.of(57);
  private final VerifierKey logKey = TestLog.signer(1).verifierKey();
  private TestWitness witness = witness(logKey);

  @TempDir private Path export;

  @AfterEach
  void stop() {
    witness.close();
  }

  @Test
  void aNewLogIsCosigned() throws Exception {
    Run run = run();

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    SignedNote note = SignedNote.parse(run.out().getBytes(UTF_8));
    assertThat(note.verify(List.of(logKey, witness.key())))
        .containsExactly(
            new VerifiedSignature(logKey, null),
            new VerifiedSignature(witness.key(), Instant.ofEpochSecond(TestWitness.SECONDS)));
    assertThat(Checkpoint.open(run.out().getBytes(UTF_8), logKey).size()).isEqualTo(57);
    assertThat(witness.asked).containsExactly(0L);
  }

  @Test
  void growthIsProvedFromTheSizeThatTheWitnessTells() throws Exception {
    cosigned(30, log.records());

    assertThat(run().status()).isZero();
    assertThat(witness.asked).containsExactly(0L, 30L);
    assertThat(run().status()).isZero(); // of the same checkpoint again
    assertThat(witness.asked).containsExactly(0L, 30L, 0L, 57L);
  }

  @Test
  void theResultIsJsonOnRequest() throws Exception {
    assertThat(run("--json").out())
        .startsWith("{\"result\":\"cosigned\",\"size\":57,\"root\":\"")
        .contains("\"witness\":\"witness.example/w1\",\"time\":\"2026-11-18T11:06:40Z\"");
  }

  @Test
  void aWitnessThatSawAnotherLogSaysSo() throws Exception {
    List<LogRecord> other = new ArrayList<>(log.records());
    Collections.swap(other, 3, 4);
    cosigned(30, other);
    assertUnchecked(run(), "the first 30 events are not those that the witness cosigned");

    cosigned(57, other);
    assertUnchecked(run(), "the witness cosigned another tree of size 57");

    witness.size = 58;
    assertUnchecked(
        run(), "the witness cosigned 58 events, and the newest checkpoint here is of 57");
  }

  @Test
  void aWitnessThatDoesNotKnowTheLogSaysSo() throws Exception {
    witness.close();
    witness = witness(TestLog.signer(2).verifierKey());
    assertUnchecked(run(), "the witness trusts no key that signed the checkpoint (403)");
    assertUnchecked(runAt(witness.url() + "elsewhere"), "the witness does not know this log (404)");
    witness.close();
    assertUnchecked(run(), "the witness gave no answer");
  }

  @Test
  void onlyTheGivenKeyIsTheWitness() throws Exception {
    assertUnchecked(
        run("--witness-key", logKey.toString()), "--witness-key: its type is not cosignature/v1");
    assertUnchecked(
        run("--witness-key", TestWitness.otherKey().toString()),
        "what the witness answered is not its cosignature: no known key signed the note");
  }

  @Test
  void whatIsNotSoundIsNotShownToTheWitness() throws Exception {
    Collections.swap(log.records(), 3, 4);
    log.records().set(3, new LogRecord(3, log.records().get(3).entry()));
    log.records().set(4, new LogRecord(4, log.records().get(4).entry()));

    Run run = run();

    assertThat(run.out()).startsWith("TAMPERED: ");
    assertThat(run.status()).isEqualTo(Status.TAMPERED);
    assertThat(witness.asked).isEmpty();
  }

  private void cosigned(int size, List<LogRecord> records) {
    CompactRange tree = new CompactRange();
    records.subList(0, size).forEach(record -> tree.append(record.leafHash()));
    Hash root = tree.root();
    witness.size = size;
    witness.root = root;
  }

  private Run run(String... more) throws Exception {
    return runAt(witness.url(), more);
  }

  private Run runAt(String url, String... more) throws Exception {
    Path folder = export.resolve("" + System.nanoTime());
    SignedCheckpoints checkpoints = new SignedCheckpoints(List.of());
    checkpoints.addFound(log.checkpoints());
    MemoryLog memory = new MemoryLog(log.records(), log.checkpoints());
    new Exporter(memory, checkpoints, folder, 100, () -> {})
        .export(Format.JSONL, 0, OptionalLong.empty());
    List<String> arguments = new ArrayList<>(List.of("witness", "--export", folder.toString()));
    arguments.addAll(List.of("--verifier-key", log.verifierKey(), "--witness", url));
    if (!List.of(more).contains("--witness-key")) {
      arguments.addAll(List.of("--witness-key", witness.key().toString()));
    }
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static TestWitness witness(VerifierKey log) {
    try {
      return new TestWitness(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertUnchecked(Run run, String why) {
    assertThat(run.err()).startsWith("Could not check: " + why);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(Status.UNCHECKED);
  }
}
