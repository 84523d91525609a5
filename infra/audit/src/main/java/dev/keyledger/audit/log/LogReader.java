package dev.keyledger.audit.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log that is being read. */
public interface LogReader extends AutoCloseable {

  /**
   * The next record, null after the last one. A broker's last one is what lay on it when reading
   * began.
   *
   * @throws TamperedException if the next one is missing, there twice with different bytes, or not
   *     readable
   */
  @Nullable LogRecord next() throws TamperedException, UncheckedLogException;

  /** Where each partition has to be read from to go on with the next record; empty for files. */
  Map<Integer, Long> offsets();

  /** Records that came again, with the same bytes; they are left out. */
  long repeats();

  @Override
  void close();
}
