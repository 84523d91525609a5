package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import dev.keyledger.query.verification.RecentUsage;
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
import org.springframework.core.annotation.AliasFor;
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
@RequestMapping(path = ViewController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Views")
@ApiResponse(
    responseCode = "304",
    description = "What the caller has is what there is",
    content = @Content)
final class ViewController {
  static final String PATH = "/v1";
  static final String KEYS = "/keys";
  static final String ACCOUNT = "/account";
  static final Mono<Boolean> NOTHING_MORE = Mono.just(true);

  private final ViewAnswers answers;
  private final RecentUsage usage;
  private final Clock clock;

  ViewController(ViewAnswers answers, RecentUsage usage, Clock clock) {
    this.answers = answers;
    this.usage = usage;
    this.clock = clock;
  }

  @GetMapping(KEYS)
  @Operation(summary = "List the keys", description = "All live keys, oldest first.")
  @AskedOfViews(
      description = "The keys, and the position that they were seen at",
      content = @Content(schema = @Schema(implementation = KeyListAnswer.class)))
  @Problems({
    ProblemType.MALFORMED_REQUEST,
    ProblemType.NOT_YET_VISIBLE,
    ProblemType.VIEW_INCOMPLETE
  })
  Mono<ResponseEntity<byte[]>> keys(
      @AuthenticationPrincipal Account caller, ServerHttpRequest request) {
    return answers.answer(
        caller,
        request,
        usage.find(caller.accountId()),
        (view, uses) -> KeyListAnswer.of(view, uses, clock.instant()));
  }

  @GetMapping(KEYS + "/{publicApiKey}")
  @Operation(summary = "Show a key")
  @AskedOfViews(
      description = "The key",
      content = @Content(schema = @Schema(implementation = KeyAnswer.class)))
  @Problems({
    ProblemType.MALFORMED_REQUEST,
    ProblemType.UNKNOWN_KEY,
    ProblemType.NOT_YET_VISIBLE,
    ProblemType.VIEW_INCOMPLETE
  })
  Mono<ResponseEntity<byte[]>> key(
      @AuthenticationPrincipal Account caller,
      @PathVariable String publicApiKey,
      ServerHttpRequest request) {
    return answers.answer(
        caller,
        request,
        usage.find(caller.accountId()),
        (view, uses) ->
            KeyListAnswer.of(view, uses, clock.instant()).keys().stream()
                .filter(key -> key.publicApiKey().equals(publicApiKey))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.UNKNOWN_KEY)));
  }

  @GetMapping(ACCOUNT)
  @Operation(summary = "Show how far the second factor is")
  @AskedOfViews(
      description = "The second factor, and the position that it was seen at",
      content = @Content(schema = @Schema(implementation = AccountAnswer.class)))
  @Problems({
    ProblemType.MALFORMED_REQUEST,
    ProblemType.NOT_YET_VISIBLE,
    ProblemType.VIEW_INCOMPLETE
  })
  Mono<ResponseEntity<byte[]>> account(
      @AuthenticationPrincipal Account caller, ServerHttpRequest request) {
    return answers.answer(caller, request, NOTHING_MORE, (view, nothing) -> AccountAnswer.of(view));
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
      responseCode = "200",
      headers = {
        @Header(name = HttpHeaders.ETAG, schema = @Schema(type = "string")),
        @Header(name = PositionHeaders.POSITION, schema = @Schema(type = "integer")),
        @Header(
            name = PositionHeaders.STALE,
            description = ViewAnswers.STALE_MEANS,
            schema = @Schema(type = "string", allowableValues = ViewAnswers.PROJECTION_STOPPED))
      })
  @interface AskedOfViews {
    /** What the answer is. */
    @AliasFor(annotation = ApiResponse.class)
    String description();

    /** What the answer holds. */
    @AliasFor(annotation = ApiResponse.class)
    Content content();
  }
}
