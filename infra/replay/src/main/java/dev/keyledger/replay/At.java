package dev.keyledger.replay;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Up to where a history counts. */
public sealed interface At {
  /** Begins the name of an event of an account. */
  String POSITION = "position:";

  /** Begins the name of an event of the log. */
  String INDEX = "logindex:";

  /** Up to that instant, including it. */
  record Time(Instant instant) implements At {}

  /** Up to that event of the account, including it. */
  record Position(long position) implements At {}

  /** Up to that event of the log, including it. */
  record Index(long logIndex) implements At {}

  /** All that there is. */
  record End() implements At {}

  /**
   * Whether the event still counts. In an account's order, nothing counts after the first event
   * that does not: a clock that went back brings nothing in again.
   */
  default boolean includes(LoggedEvent logged) {
    return switch (this) {
      case Time(Instant instant) -> !logged.event().occurredAt().isAfter(instant);
      case Position(long position) -> logged.position() <= position;
      case Index(long logIndex) -> logged.logIndex() <= logIndex;
      case End() -> true;
    };
  }

  /**
   * Reads {@code 2026-11-22T12:00:00Z} (RFC 3339), {@code position:17} or {@code logindex:1234};
   * empty if it is none of them.
   */
  static Optional<At> parse(String text) {
    if (text.startsWith(POSITION)) {
      return number(text.substring(POSITION.length())).map(Position::new);
    }
    if (text.startsWith(INDEX)) {
      return number(text.substring(INDEX.length())).map(Index::new);
    }
    try {
      return Optional.of(new Time(Instant.parse(text)));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** Of at most 18 digits, which a long holds. */
  private static Optional<Long> number(String digits) {
    return digits.matches("0|[1-9][0-9]{0,17}")
        ? Optional.of(Long.parseLong(digits))
        : Optional.empty();
  }
}
