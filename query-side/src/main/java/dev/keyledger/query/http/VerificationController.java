package dev.keyledger.query.http;

import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.query.memory.Found;
import dev.keyledger.query.verification.Outage;
import dev.keyledger.query.verification.Verdict;
import dev.keyledger.query.verification.VerificationSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Whether signed requests may do what they ask (verification.md). */
@RestController
@RequestMapping(path = VerificationController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Verification")
final class VerificationController {
  static final String PATH = "/v1/verifications";

  private final Verdicts verdicts;
  private final VerificationSettings settings;

  VerificationController(Verdicts verdicts, VerificationSettings settings) {
    this.verdicts = verdicts;
    this.settings = settings;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Verify a signed request",
      description =
          "For gateways: may the key behind a request do what it asks, from there? A nonce is used"
              + " up, and a token of the key's rate limit, by a request that nothing else speaks"
              + " against.")
  @ApiResponse(
      responseCode = "200",
      description = "The verdict",
      headers =
          @Header(
              name = PositionHeaders.POSITION,
              description = "What the answer was given as of, where it tells that",
              schema = @Schema(type = "integer")))
  @Parameter(
      name = PositionHeaders.MIN_POSITION,
      in = ParameterIn.HEADER,
      description =
          "Wait, a few seconds at most, until this node knows this position of the key's account.",
      schema = @Schema(type = "integer", format = "int64", minimum = "0"))
  @Problems({ProblemType.STALE, ProblemType.NOT_YET_VISIBLE, ProblemType.VIEW_INCOMPLETE})
  Mono<ResponseEntity<VerificationAnswer>> verify(
      @RequestBody VerificationRequest question,
      @Parameter(hidden = true) ServerHttpRequest request) {
    return verdicts.on(question.question(MinPosition.of(request.getHeaders())));
  }

  @GetMapping("/self")
  @SecurityRequirements
  @Operation(
      summary = "Show what the calling key may do",
      description =
          "Takes no token: the call itself is signed with an API key (RFC 9421). It uses its nonce"
              + " up, and a token of the key's rate limit. Where that is used up, Retry-After says"
              + " when there is another.")
  @ApiResponse(
      responseCode = "200",
      description = "The rights of the key, and the position that they were seen at",
      headers = @Header(name = PositionHeaders.POSITION, schema = @Schema(type = "integer")))
  @Problems({
    ProblemType.SIGNATURE_REFUSED,
    ProblemType.MALFORMED_REQUEST,
    ProblemType.STALE,
    ProblemType.VIEW_INCOMPLETE
  })
  Mono<ResponseEntity<OwnRightsAnswer>> self(@Parameter(hidden = true) ServerHttpRequest request) {
    return verdicts
        .ask(OwnQuestion.of(request, settings.publicUri()))
        .map(verdict ->
            switch (verdict) {
              case Verdict.Valid(Found found) ->
                  Verdicts.at(found.account().position()).body(OwnRightsAnswer.of(found));
              case Verdict.Refused refused -> throw problem(refused);
              case Verdict.Unanswered(Outage outage) -> throw Verdicts.problem(outage);
            });
  }

  private static ProblemException problem(Verdict.Refused refused) {
    ProblemException problem =
        new ProblemException(ProblemType.SIGNATURE_REFUSED)
            .with("reason", refused.reason().text())
            .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Signature");
    Long retryAfterMs = VerificationAnswer.retryAfterMs(refused);
    return retryAfterMs == null
        ? problem
        : problem.with("retryAfterMs", retryAfterMs).retryAfter(refused.retryAfter());
  }
}
