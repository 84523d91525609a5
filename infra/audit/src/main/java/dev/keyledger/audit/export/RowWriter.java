package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import java.io.Closeable;
import java.io.IOException;

/** Writes one file of an export. */
interface RowWriter extends Closeable {
  void write(LogRecord row) throws IOException;
}
