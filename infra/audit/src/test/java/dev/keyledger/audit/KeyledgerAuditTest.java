package dev.keyledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class KeyledgerAuditTest {

  @Test
  void anErrorSaysNothingAboutTheLog() {
    StringWriter err = new StringWriter();

    int status =
        KeyledgerAudit.run(new PrintWriter(new NoMemory()), new PrintWriter(err), "--version");

    assertThat(status).isEqualTo(Status.UNCHECKED);
    assertThat(err.toString())
        .startsWith("Could not check: this tool failed.")
        .contains("OutOfMemoryError");
  }

  /** Where there is none left for what is written. */
  private static final class NoMemory extends Writer {
    @Override
    public void write(char[] text, int from, int length) {
      throw new OutOfMemoryError();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
