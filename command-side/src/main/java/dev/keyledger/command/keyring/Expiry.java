package dev.keyledger.command.keyring;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a new key is to end: never, or at an instant to come.
 *
 * @param instant null for never
 * @param readable false if the text was no ISO 8601 instant within the years 1 to 9999
 */
record Expiry(@Nullable Instant instant, boolean readable) {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  static Expiry parse(@Nullable String text) {
    if (text == null) {
      return new Expiry(null, true);
    }
    try {
      return new Expiry(Instant.parse(text), true);
    } catch (DateTimeException unreadable) {
      return new Expiry(null, false);
    }
  }

  boolean isValid(Instant now) {
    return readable && (instant == null || (instant.isAfter(now) && !instant.isAfter(END_OF_TIME)));
  }
}
