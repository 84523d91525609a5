package dev.keyledger.audit;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What came of a command. */
record Run(int status, String out, String err) {

  static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        KeyledgerAudit.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Run(status, out.toString(), err.toString());
  }
}
