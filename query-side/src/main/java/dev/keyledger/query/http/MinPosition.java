package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The header by which callers read their own writes (contract section 5). */
final class MinPosition {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

  private MinPosition() {}

  /**
   * The position asked for, 0 without the header.
   *
   * @throws ProblemException {@code malformed-request} if it isn't a number from 0 to 2^63-1
   */
  static long of(HttpHeaders headers) {
    return of(headers.getFirst(PositionHeaders.MIN_POSITION));
  }

  /**
   * The position that a value of the header asks for, 0 for none.
   *
   * @throws ProblemException {@code malformed-request} if it isn't a number from 0 to 2^63-1
   */
  static long of(@Nullable String value) {
    if (value == null) {
      return 0;
    }
    try {
      if (DIGITS.matcher(value).matches()) {
        return Long.parseLong(value);
      }
    } catch (NumberFormatException _) {
      // Said below, together with what has no digits only.
    }
    throw new ProblemException(
        ProblemType.MALFORMED_REQUEST,
        PositionHeaders.MIN_POSITION + " takes a position: a whole number from 0.");
  }
}
