package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What callers can ask about their own key ring (contract section 5). */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Views")
final class ViewController {
  private final ViewAnswers answers;
  private final Clock clock;

  ViewController(ViewAnswers answers, Clock clock) {
    this.answers = answers;
    this.clock = clock;
  }

  @GetMapping("/keys")
  @Operation(summary = "List the keys", description = "All live keys, oldest first.")
  @ApiResponse(
      responseCode = "200",
      description = "The keys, and the position that they were seen at",
      headers = {
        @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
        @Header(name = PositionHeaders.POSITION, schema = @Schema(type = "integer")),
        @Header(
            name = PositionHeaders.STALE,
            description = ViewAnswers.STALE_MEANS,
            schema = @Schema(type = "string", allowableValues = ViewAnswers.PROJECTION_STOPPED))
      },
      content = @Content(schema = @Schema(implementation = KeyListAnswer.class)))
  @Problems({ProblemType.NOT_YET_VISIBLE, ProblemType.VIEW_INCOMPLETE})
  @AskedOfViews
  Mono<ResponseEntity<byte[]>> keys(
      @AuthenticationPrincipal Account caller, ServerHttpRequest request) {
    return answers.answer(caller, request, view -> KeyListAnswer.of(view, clock.instant()));
  }

  @GetMapping("/keys/{publicApiKey}")
  @Operation(summary = "Show a key")
  @ApiResponse(
      responseCode = "200",
      description = "The key",
      headers = {
        @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
        @Header(name = PositionHeaders.POSITION, schema = @Schema(type = "integer")),
        @Header(
            name = PositionHeaders.STALE,
            description = ViewAnswers.STALE_MEANS,
            schema = @Schema(type = "string", allowableValues = ViewAnswers.PROJECTION_STOPPED))
      },
      content = @Content(schema = @Schema(implementation = KeyAnswer.class)))
  @Problems({ProblemType.UNKNOWN_KEY, ProblemType.NOT_YET_VISIBLE, ProblemType.VIEW_INCOMPLETE})
  @AskedOfViews
  Mono<ResponseEntity<byte[]>> key(
      @AuthenticationPrincipal Account caller,
      @PathVariable String publicApiKey,
      ServerHttpRequest request) {
    return answers.answer(
        caller,
        request,
        view ->
            view.key(publicApiKey)
                .map(key -> KeyAnswer.of(key, clock.instant()))
                .orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_KEY)));
  }

  @GetMapping("/account")
  @Operation(summary = "Show how far the second factor is")
  @ApiResponse(
      responseCode = "200",
      description = "The second factor, and the position that it was seen at",
      headers = {
        @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
        @Header(name = PositionHeaders.POSITION, schema = @Schema(type = "integer")),
        @Header(
            name = PositionHeaders.STALE,
            description = ViewAnswers.STALE_MEANS,
            schema = @Schema(type = "string", allowableValues = ViewAnswers.PROJECTION_STOPPED))
      },
      content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
  @Problems({ProblemType.NOT_YET_VISIBLE, ProblemType.VIEW_INCOMPLETE})
  @AskedOfViews
  Mono<ResponseEntity<byte[]>> account(
      @AuthenticationPrincipal Account caller, ServerHttpRequest request) {
    return answers.answer(caller, request, AccountAnswer::of);
  }

  /** What every question about a view has in common, for its OpenAPI description. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @Parameters({
    @Parameter(
        name = PositionHeaders.MIN_POSITION,
        in = ParameterIn.HEADER,
        description = "Wait, a few seconds at most, until the view holds this position.",
        schema = @Schema(type = "integer", format = "int64", minimum = "0")),
    @Parameter(
        name = HttpHeaders.IF_NONE_MATCH,
        in = ParameterIn.HEADER,
        description = "Entity tags that the caller has; if one fits, the answer is 304.",
        schema = @Schema(type = "string"))
  })
  @ApiResponse(
      responseCode = "304",
      description = "What the caller has is what there is",
      content = @Content)
  @interface AskedOfViews {}
}
