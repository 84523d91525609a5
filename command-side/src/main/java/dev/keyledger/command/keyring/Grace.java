package dev.keyledger.command.keyring;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a key that was replaced goes on working. */
final class Grace {
  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration MOST = Duration.ofDays(7);

  private Grace() {}

  /**
   * An hour if none is named; empty if it is no ISO 8601 duration, negative, longer than 7 days, or
   * not of whole seconds, which is all that RFC 3339 (appendix A) can say.
   */
  static Optional<Duration> parse(@Nullable String text) {
    if (text == null) {
      return Optional.of(USUAL);
    }
    try {
      Duration grace = Duration.parse(text);
      boolean fits = !grace.isNegative() && grace.compareTo(MOST) <= 0 && grace.toNanosPart() == 0;
      return fits ? Optional.of(grace) : Optional.empty();
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
