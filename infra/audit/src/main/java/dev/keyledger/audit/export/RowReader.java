package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one file of an export. */
interface RowReader extends Closeable {

  /**
   * The next row, null after the last one.
   *
   * @return with the leaf hash that the row says, which need not be that of the entry
   */
  @Nullable LogRecord next() throws IOException, MalformedRowException;
}
