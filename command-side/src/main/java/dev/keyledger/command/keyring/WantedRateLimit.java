package dev.keyledger.command.keyring;

import dev.keyledger.events.RateLimit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often a key shall be used at most, as it was asked for.
 *
 * @param perSecond requests per second in the long run
 * @param burst requests that may come at once; null for as many as per second
 */
public record WantedRateLimit(long perSecond, @Nullable Long burst) {
  private static final long MOST_PER_SECOND = 10_000;
  private static final long MOST_AT_ONCE = 100_000;

  /** The limit, if it is one: 1 to 10,000 per second, 1 to 100,000 at once. */
  Optional<RateLimit> parse() {
    long atOnce = burst == null ? perSecond : burst;
    return isWithin(perSecond, MOST_PER_SECOND) && isWithin(atOnce, MOST_AT_ONCE)
        ? Optional.of(new RateLimit(Math.toIntExact(perSecond), Math.toIntExact(atOnce)))
        : Optional.empty();
  }

  private static boolean isWithin(long value, long most) {
    return value >= 1 && value <= most;
  }
}
