package dev.keyledger.query.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; what is null is not asked about.
 *
 * @param publicApiKey a key that the events touch
 * @param from the first instant of those at which they were decided
 * @param to the first instant after those
 * @param after only events with a higher log index
 * @param below only events with a lower log index
 * @param limit at most as many, those with the lowest indexes
 */
public record EventQuery(
    @Nullable String account,
    @Nullable String type,
    @Nullable String publicApiKey,
    @Nullable Instant from,
    @Nullable Instant to,
    long after,
    long below,
    int limit) {

  /** The events of an account. */
  public static EventQuery ofAccount(String account, long after, long below, int limit) {
    return new EventQuery(account, null, null, null, null, after, below, limit);
  }
}
