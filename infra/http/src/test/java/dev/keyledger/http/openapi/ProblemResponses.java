package dev.keyledger.http.openapi;

import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes the problems that a call may answer with: its own and those of every call. A call with
 * an empty {@link SecurityRequirements} takes no token.
 */
final class ProblemResponses implements OperationCustomizer {
  private static final List<ProblemType> WITH_TOKEN =
      List.of(ProblemType.UNAUTHENTICATED, ProblemType.INSUFFICIENT_SCOPE);

  private static final List<ProblemType> EVERY_CALL =
      List.of(ProblemType.NOT_ACCEPTABLE, ProblemType.INTERNAL_ERROR, ProblemType.UNAVAILABLE);

  private static final List<ProblemType> WITH_BODY =
      List.of(
          ProblemType.MALFORMED_REQUEST,
          ProblemType.BODY_TOO_LARGE,
          ProblemType.UNSUPPORTED_MEDIA_TYPE);

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    List<ProblemType> types = new ArrayList<>(EVERY_CALL);
    if (!handler.hasMethodAnnotation(SecurityRequirements.class)) {
      types.addAll(WITH_TOKEN);
    }
    if (operation.getRequestBody() != null) {
      types.addAll(WITH_BODY);
    }
    Problems own = handler.getMethodAnnotation(Problems.class);
    if (own != null) {
      types.addAll(List.of(own.value()));
    }
    Map<HttpStatus, List<ProblemType>> byStatus =
        types.stream()
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    byStatus.forEach((status, codes) ->
        operation
            .getResponses()
            .addApiResponse(Integer.toString(status.value()), response(status, codes)));
    return operation;
  }

  private static ApiResponse response(HttpStatus status, Collection<ProblemType> types) {
    ApiResponse response =
        new ApiResponse()
            .description(
                types.stream()
                    .map(type -> "`%s`: %s".formatted(type.code(), type.title()))
                    .sorted()
                    .collect(Collectors.joining("; ")))
            .content(
                new Content()
                    .addMediaType(
                        "application/problem+json",
                        new MediaType().schema(new Schema<>().$ref(OpenApiGeneration.PROBLEM))));
    switch (status) {
      case UNAUTHORIZED -> {
        response.addHeaderObject(HttpHeaders.WWW_AUTHENTICATE, header(OpenApiGeneration.CHALLENGE));
        if (types.contains(ProblemType.SIGNATURE_REFUSED)) { // for a rate limit that is used up
          response.addHeaderObject(HttpHeaders.RETRY_AFTER, header(OpenApiGeneration.RETRY_AFTER));
        }
      }
      case TOO_MANY_REQUESTS, LOCKED, SERVICE_UNAVAILABLE ->
          response.addHeaderObject(HttpHeaders.RETRY_AFTER, header(OpenApiGeneration.RETRY_AFTER));
      default -> {}
    }
    return response;
  }

  private static Header header(String name) {
    return new Header().$ref("#/components/headers/" + name);
  }
}
