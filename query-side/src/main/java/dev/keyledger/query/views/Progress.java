package dev.keyledger.query.views;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of the topic has been read into the views.
 *
 * @param nextOffset the first offset that is not in the views
 * @param stop why reading ended there, absent while it goes on
 */
public record Progress(int partition, long nextOffset, @Nullable Stop stop) {

  /**
   * An event that this version does not know.
   *
   * @param type its {@code ce_type}
   * @param since when it was first met, UTC
   */
  public record Stop(String type, Instant since) {}
}
