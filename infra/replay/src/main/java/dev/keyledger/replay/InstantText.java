package dev.keyledger.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants in the form in which events have them, {@code 2026-11-22T09:30:00.125Z}. {@link
 * Instant#parse} takes many other forms, too, and so much time that it would be a good part of
 * reading an event.
 */
final class InstantText {
  private static final int FRACTION = 19;
  private static final int MOST_DIGITS = 9;

  private InstantText() {}

  /**
   * The same as {@link Instant#parse}.
   *
   * @throws java.time.format.DateTimeParseException if it is no instant
   */
  static Instant parse(String text) {
    if (hasShape(text)) {
      try {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19),
                nanos(text))
            .toInstant(ZoneOffset.UTC);
      } catch (DateTimeException _) {
        // perhaps a leap second, or an error that Instant has the words for
      }
    }
    return Instant.parse(text);
  }

  private static boolean hasShape(String text) {
    int end = text.length() - 1;
    int digits = end - FRACTION - 1;
    if (end < FRACTION || digits == 0 || digits > MOST_DIGITS || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean fits =
          switch (i) {
            case 4, 7 -> c == '-';
            case 10 -> c == 'T';
            case 13, 16 -> c == ':';
            case FRACTION -> c == '.';
            default -> c >= '0' && c <= '9';
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int nanos(String text) {
    int end = text.length() - 1;
    int nanos = end > FRACTION ? number(text, FRACTION + 1, end) : 0;
    for (int digits = Math.max(0, end - FRACTION - 1); digits < MOST_DIGITS; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(String digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + digits.charAt(i) - '0';
    }
    return number;
  }
}
