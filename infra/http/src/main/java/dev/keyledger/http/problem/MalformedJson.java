package dev.keyledger.http.problem;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Helps to find a mistake in a body without repeating any of it. */
final class MalformedJson {
  private MalformedJson() {}

  static ProblemException problem(Throwable error) {
    if (cause(error, DataBufferLimitException.class) != null) {
      return new ProblemException(ProblemType.BODY_TOO_LARGE);
    }
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail(error));
  }

  private static String detail(Throwable error) {
    return switch (cause(error, JacksonException.class)) {
      case UnrecognizedPropertyException unknown -> unknownField(unknown);
      case MismatchedInputException mismatch ->
          "The JSON is well-formed, but not what this call takes: a required field is absent, or a"
              + " value is of the wrong type"
              + place(mismatch.getLocation())
              + ".";
      case StreamReadException syntax ->
          "The body is not well-formed JSON" + place(syntax.getLocation()) + ".";
      case JacksonException other ->
          "The body can't be read as JSON" + place(other.getLocation()) + ".";
      case null -> withoutJson(error);
    };
  }

  private static String withoutJson(Throwable error) {
    boolean body = cause(error, DecodingException.class) != null || isMissingBody(error);
    return body ? "The call takes a JSON object as its body." : explanation();
  }

  private static boolean isMissingBody(Throwable error) {
    return error instanceof ServerWebInputException input
        && input.getClass() == ServerWebInputException.class;
  }

  private static String unknownField(UnrecognizedPropertyException unknown) {
    Collection<Object> known = unknown.getKnownPropertyIds();
    String fields =
        known == null || known.isEmpty()
            ? " It takes no fields."
            : known.stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", ", " It takes: ", "."));
    return "There is a field that this call doesn't know"
        + place(unknown.getLocation())
        + "."
        + fields;
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String explanation() {
    return ProblemType.MALFORMED_REQUEST.explanation();
  }

  private static <T extends Throwable> @Nullable T cause(Throwable error, Class<T> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
