package dev.keyledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyledger.audit.log.JsonFile;
import dev.keyledger.audit.log.LogReader;
import dev.keyledger.audit.log.LogRecord;
import dev.keyledger.audit.log.LogSource;
import dev.keyledger.audit.log.TamperedException;
import dev.keyledger.audit.log.UncheckedLogException;
import dev.keyledger.audit.replay.ReplayState;
import dev.keyledger.audit.replay.Replayer;
import dev.keyledger.replay.At;
import dev.keyledger.replay.KeyRings;
import dev.keyledger.tlog.CompactRange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run that was interrupted is gone on with, and comes to what one run would have come to. */
class ResumeTest {
  private final TestLog log = TestLog.of(57);

  @TempDir Path folder;

  @Test
  void aVerificationGoesOn() throws Exception {
    assertThatExceptionOfType(UncheckedLogException.class)
        .isThrownBy(() -> verify(new Interrupted(log, 33)));
    assertThat(Files.exists(state())).isTrue();

    Interrupted whole = new Interrupted(log, 57);
    assertThat(verify(whole)).isZero();
    assertThat(whole.from).isEqualTo(33);
    assertThat(Files.exists(state())).isFalse();
  }

  @Test
  void whatIsChangedAfterwardsIsFound() {
    assertThatExceptionOfType(UncheckedLogException.class)
        .isThrownBy(() -> verify(new Interrupted(log, 33)));
    log.records().set(44, new LogRecord(44, log.records().get(41).entry()));

    assertThatExceptionOfType(TamperedException.class)
        .isThrownBy(() -> verify(new Interrupted(log, 57)))
        .matches(e -> e.index() == 44);
  }

  @Test
  void aCheckpointThatCameSinceIsComparedFromTheBeginning() {
    assertThatExceptionOfType(UncheckedLogException.class)
        .isThrownBy(() -> verify(new Interrupted(log, 33)));
    List<LogRecord> fork = TestLog.of(57).records();
    fork.set(11, new LogRecord(11, fork.get(12).entry()));
    log.checkpoints().add(TestLog.checkpoint(fork.subList(0, 15), TestLog.signer(1)));

    assertThatExceptionOfType(TamperedException.class)
        .isThrownBy(() -> verify(new Interrupted(log, 57)))
        .matches(e -> e.index() == 10);
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws Exception {
    Files.writeString(state(), "{\"something\":\"else\"}");

    assertThatExceptionOfType(UncheckedLogException.class)
        .isThrownBy(() -> verify(new Interrupted(log, 57)))
        .withMessageEndingWith("is not one that this tool wrote");
  }

  @Test
  void ringsAreKeptAsTheyAre() throws Exception {
    KeyRings rings =
        new Replayer(new MemoryLog(log.records(), List.of()), 57)
            .replay(new At.End(), (_, _) -> {});
    JsonFile.write(state(), new ReplayState("memory", rings.size(), rings.all(), Map.of(1, 2L)));
    ReplayState read = JsonFile.read(state(), ReplayState.class).orElseThrow();

    assertThat(read.rings()).isEqualTo(rings.all());
    assertThat(KeyRings.of(read.size(), read.rings()).stateHash()).isEqualTo(rings.stateHash());
    assertThat(read.offsets()).isEqualTo(Map.of(1, 2L));
  }

  private Path state() {
    return folder.resolve("state.json");
  }

  private int verify(LogSource source) throws TamperedException, UncheckedLogException {
    CommandLine line = KeyledgerAudit.commandLine();
    line.setOut(new PrintWriter(new StringWriter()));
    VerifyCommand command =
        Objects.requireNonNull(line.getSubcommands().get("verify")).getCommand();
    line.parseArgs("verify", "--broker", "none:1", "--resume", state().toString());
    SourceOptions options = new SourceOptions();
    new CommandLine(options).parseArgs("--broker", "none:1", "--verifier-key", log.verifierKey());
    return command.run(source, options);
  }

  /** A log that is read up to an index, and then not any more. */
  private static final class Interrupted implements LogSource {
    private final LogSource whole;
    private final long end;
    private final long size;
    private long from = -1;

    Interrupted(TestLog log, long end) {
      this.whole = new MemoryLog(log.records(), log.checkpoints());
      this.size = log.records().size();
      this.end = end;
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public List<byte[]> checkpoints() throws UncheckedLogException, TamperedException {
      return whole.checkpoints();
    }

    @Override
    public CompactRange before() {
      return new CompactRange();
    }

    @Override
    public LogReader read(long first, Map<Integer, Long> offsets, long required)
        throws UncheckedLogException, TamperedException {
      from = first;
      LogReader reader = whole.read(first, offsets, required);
      return new LogReader() {
        private long next = first;

        @Override
        public @Nullable LogRecord next() throws TamperedException, UncheckedLogException {
          if (next++ == end && end < size) {
            throw new UncheckedLogException("interrupted");
          }
          return reader.next();
        }

        @Override
        public Map<Integer, Long> offsets() {
          return Map.of(0, next);
        }

        @Override
        public long repeats() {
          return 0;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
