package dev.keyledger.http.problem;

import java.time.Duration;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.web.ErrorResponse;

/** Says in our own words what went wrong; the words of libraries quote the request. */
public final class ProblemTranslator {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private ProblemTranslator() {}

  /** The problem that an error is to its caller. */
  public static ProblemException translate(Throwable error) {
    return switch (error) {
      case ProblemException problem -> problem;
      case DataBufferLimitException _ -> new ProblemException(ProblemType.BODY_TOO_LARGE);
      case ServerExchangeRejectedException _ -> new ProblemException(ProblemType.MALFORMED_REQUEST);
      case AuthenticationServiceException _ ->
          new ProblemException(ProblemType.UNAVAILABLE).retryAfter(RETRY_AFTER);
      case AuthenticationException _ -> new ProblemException(ProblemType.UNAUTHENTICATED);
      case DecodingException _ -> MalformedJson.problem(error);
      case ErrorResponse response -> translate(response, error);
      default -> new ProblemException(ProblemType.INTERNAL_ERROR);
    };
  }

  private static ProblemException translate(ErrorResponse response, Throwable error) {
    ProblemException problem =
        switch (response.getStatusCode().value()) {
          case 400 -> MalformedJson.problem(error);
          case 401 -> new ProblemException(ProblemType.UNAUTHENTICATED);
          case 403 -> new ProblemException(ProblemType.INSUFFICIENT_SCOPE);
          case 404 -> new ProblemException(ProblemType.NOT_FOUND);
          case 405 -> new ProblemException(ProblemType.METHOD_NOT_ALLOWED);
          case 406 -> new ProblemException(ProblemType.NOT_ACCEPTABLE);
          case 413 -> new ProblemException(ProblemType.BODY_TOO_LARGE);
          case 415 -> new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE);
          case 503 -> new ProblemException(ProblemType.UNAVAILABLE).retryAfter(RETRY_AFTER);
          default ->
              new ProblemException(
                  response.getStatusCode().is4xxClientError()
                      ? ProblemType.MALFORMED_REQUEST
                      : ProblemType.INTERNAL_ERROR);
        };
    String allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
    return allow == null ? problem : problem.withHeader(HttpHeaders.ALLOW, allow);
  }
}
