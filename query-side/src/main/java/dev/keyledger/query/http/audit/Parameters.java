package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of a question, taken strictly: one that is misspelt would else be a question for
 * everything.
 */
final class Parameters {
  private static final Pattern NUMBER = Pattern.compile("-1|[0-9]{1,19}");

  private final MultiValueMap<String, String> values;

  private Parameters(MultiValueMap<String, String> values) {
    this.values = values;
  }

  /**
   * The parameters of a request.
   *
   * @throws ProblemException {@code malformed-request} if there are others than these, or one is
   *     there twice
   */
  static Parameters of(ServerHttpRequest request, String... known) {
    MultiValueMap<String, String> values = request.getQueryParams();
    if (!Set.of(known).containsAll(values.keySet())) {
      throw malformed("This call takes the parameters " + String.join(", ", known) + ".");
    }
    if (values.values().stream().anyMatch(given -> given.size() != 1)) {
      throw malformed("Each parameter is to be given once.");
    }
    return new Parameters(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable String text(String name) {
    String text = values.getFirst(name);
    if (text != null && (text.isEmpty() || text.chars().anyMatch(Character::isISOControl))) {
      throw malformed(name + " takes a text.");
    }
    return text;
  }

  @Nullable Instant instant(String name) {
    String text = text(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw malformed(name + " takes an instant, as in 2030-01-31T12:00:00Z.");
    }
  }

  /** A whole number in a range, or the default where it is not given. */
  long number(String name, long least, long most, long byDefault) {
    String given = values.getFirst(name);
    return has(name) ? number(name, String.valueOf(given), least, most) : byDefault;
  }

  /**
   * The number that a text is.
   *
   * @param name of where it stands
   */
  static long number(String name, String text, long least, long most) {
    try {
      if (NUMBER.matcher(text).matches()) {
        long number = Long.parseLong(text);
        if (number >= least && number <= most) {
          return number;
        }
      }
    } catch (NumberFormatException _) {
      // Said below, together with what is out of range.
    }
    throw malformed("%s takes a whole number from %d to %d.".formatted(name, least, most));
  }

  static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
