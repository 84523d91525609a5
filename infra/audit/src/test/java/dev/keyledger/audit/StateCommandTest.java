package dev.keyledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.export.Exporter;
import dev.keyledger.audit.export.Format;
import dev.keyledger.audit.verify.SignedCheckpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code state} answers at the end of the log, and after it. */
class StateCommandTest {
  @TempDir private Path export;

  /** Each of three accounts has nineteen events. */
  @BeforeEach
  void export() throws Exception {
    TestLog log = TestLog.of(57);
    SignedCheckpoints checkpoints = new SignedCheckpoints(List.of());
    checkpoints.addFound(log.checkpoints());
    MemoryLog memory = new MemoryLog(log.records(), log.checkpoints());
    new Exporter(memory, checkpoints, export, 100, () -> {})
        .export(Format.JSONL, 0, OptionalLong.empty());
  }

  @Test
  void theLastEventIsThere() {
    assertThat(state("acct-1", "position:19").out()).contains("after position 19 (log index 55)");
    assertThat(state("acct-1", "logindex:56").out()).contains("after position 19 (log index 55)");
    assertThat(state("nobody", "logindex:56").out()).contains("nothing had happened to it");
  }

  @Test
  void ofEventsThatAreNotThereNothingIsKnown() {
    assertUnchecked(state("acct-1", "logindex:57"), "the log ends at index 56");
    assertUnchecked(state("acct-1", "position:20"), "account acct-1 ends at position 19");
    assertUnchecked(state("nobody", "position:1"), "account nobody ends at position 0");
  }

  private Run state(String account, String at) {
    return Run.of("state", "--export", export.toString(), "--account", account, "--at", at);
  }

  private static void assertUnchecked(Run run, String why) {
    assertThat(run.err()).startsWith("Could not check: " + why);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(Status.UNCHECKED);
  }
}
