package dev.keyledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private final StringWriter out = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aTerminalShowsABarThatIsDrawnOverAndWipedAway() {
    try (Progress progress = progress(true, 4096)) {
      after(progress, 1024, 2);
    }

    assertThat(out.toString())
        .isEqualTo(
            "\r\u001b[KVerifying [#######.......................]  25 % 1,024 of 4,096 events, 0:06 left, 512/s"
                + "\r\u001b[K");
  }

  @Test
  void elsewhereThereAreLines() {
    try (Progress progress = progress(false, 4096)) {
      after(progress, 1024, 4);
      assertThat(out.toString()).isEmpty();
      after(progress, 1024, 4);
    }

    assertThat(out.toString())
        .isEqualTo(
            "Verifying  50 % 2,048 of 4,096 events, 0:08 left, 256/s" + System.lineSeparator());
  }

  @Test
  void whereTheEndIsNotKnownNoShareIsTold() {
    try (Progress progress = progress(false, 0)) {
      after(progress, 1024, 8);
    }

    assertThat(out.toString()).isEqualTo("Verifying 1,024 events, 128/s" + System.lineSeparator());
  }

  @Test
  void aShortRunSaysNothing() {
    try (Progress progress = progress(true, 10)) {
      after(progress, 10, 1);
    }

    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/pts/3, true",
    "/dev/tty1, true",
    "/dev/tty, true",
    "/dev/console, true",
    "/dev/null, false",
    "pipe:[4711], false",
    "/tmp/log, false"
  })
  void aTerminalIsWhatStandardErrorIs(Path device, boolean terminal, @TempDir Path folder)
      throws IOException {
    Path standardError = Files.createSymbolicLink(folder.resolve("2"), device);

    assertThat(Progress.isTerminal(standardError)).isEqualTo(terminal);
    Files.delete(standardError); // or JUnit warns of where it leads
  }

  private Progress progress(boolean terminal, long total) {
    return new Progress(new PrintWriter(out), terminal, nanos::get, "Verifying", total);
  }

  private void after(Progress progress, int events, int seconds) {
    nanos.addAndGet(seconds * 1_000_000_000L);
    for (int i = 0; i < events; i++) {
      progress.step();
    }
  }
}
