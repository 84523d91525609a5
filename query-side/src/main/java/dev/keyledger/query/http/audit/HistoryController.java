package dev.keyledger.query.http.audit;

import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.problem.Problems;
import dev.keyledger.http.security.Account;
import dev.keyledger.query.audit.AuditLog;
import dev.keyledger.query.audit.History;
import dev.keyledger.query.audit.UnreadableLogException;
import dev.keyledger.query.http.audit.TracedReads.Answer;
import dev.keyledger.replay.At;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Key rings as they were, for auditors; each answer leaves its trace first. */
@RestController
@RequestMapping(path = "/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit")
final class HistoryController {
  private static final Duration RETRY_VISIBLE = Duration.ofSeconds(1);

  /** A replay of everything takes a while, and one after another is as fast. */
  private static final int REPLAYS = 1;

  private final AuditLog log;
  private final History history;
  private final TracedReads reads;
  private final Few few = new Few(REPLAYS);

  HistoryController(AuditLog log, History history, TracedReads reads) {
    this.log = log;
    this.history = history;
    this.reads = reads;
  }

  @GetMapping("/accounts/{accountId}/state")
  @Operation(
      summary = "Show a key ring as it was",
      description =
          "At an instant, after the account's event at a position (position:17) or after the log's"
              + " event at an index (logindex:1234); without at, as it is. For each key: what it could"
              + " do, since when, and which challenge with which factors approved that.")
  @Parameter(
      name = "at",
      in = ParameterIn.QUERY,
      example = "2026-11-22T12:00:00Z",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "publicApiKey",
      in = ParameterIn.QUERY,
      description = "Show this key only",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "The key ring",
      content = @Content(schema = @Schema(implementation = StateAnswer.class)))
  @Problems({
    ProblemType.MALFORMED_REQUEST,
    ProblemType.UNKNOWN_KEY,
    ProblemType.NOT_YET_VISIBLE,
    ProblemType.VIEW_INCOMPLETE
  })
  Mono<ResponseEntity<StateAnswer>> state(
      @AuthenticationPrincipal Account reader,
      @PathVariable String accountId,
      ServerHttpRequest request) {
    return reads.traced(
        reader,
        request,
        Mono.defer(() -> {
          Parameters asked = Parameters.of(request, "at", "publicApiKey");
          return known(history.ring(accountId, at(asked.text("at"))))
              .map(past -> StateAnswer.of(past, asked.text("publicApiKey")))
              .map(state -> Answer.of(requireKey(state, asked), state.keys().size()));
        }));
  }

  @GetMapping("/state-hash")
  @Operation(
      summary = "Show the state hash",
      description =
          "One hash over all key rings after the log's event at an index (logindex:1234, or the bare"
              + " number; -1 is before the first), the last one by default; who replays the log comes"
              + " to the same.")
  @Parameter(
      name = "at",
      in = ParameterIn.QUERY,
      example = "logindex:1234",
      schema = @Schema(type = "string", pattern = "^(-1|(logindex:)?[0-9]{1,19})$"))
  @ApiResponse(
      responseCode = "200",
      description = "The hash",
      content = @Content(schema = @Schema(implementation = StateHashAnswer.class)))
  @Problems({
    ProblemType.MALFORMED_REQUEST,
    ProblemType.NOT_YET_VISIBLE,
    ProblemType.VIEW_INCOMPLETE,
    ProblemType.BUSY
  })
  Mono<ResponseEntity<StateHashAnswer>> stateHash(
      @AuthenticationPrincipal Account reader, ServerHttpRequest request) {
    return reads.traced(
        reader,
        request,
        Mono.defer(() -> index(Parameters.of(request, "at")))
            .flatMap(index -> few.of(known(history.stateHash(index))))
            .map(state -> new StateHashAnswer(state.logIndex(), state.hash().toString()))
            .map(state -> Answer.of(state, 1)));
  }

  private Mono<Long> index(Parameters asked) {
    String at = asked.text("at");
    if (at == null) {
      return log.size().map(size -> size - 1);
    }
    return Mono.just(
        at.startsWith(At.INDEX)
            ? Parameters.number("at", at.substring(At.INDEX.length()), 0, Long.MAX_VALUE - 1)
            : Parameters.number("at", at, -1, Long.MAX_VALUE - 1));
  }

  private static At at(@Nullable String text) {
    At at = text == null ? new At.End() : At.parse(text).orElse(new At.Position(0));
    if (at instanceof At.Position(long position) && position < 1) {
      throw Parameters.malformed(
          "at takes an instant, as in 2026-11-22T12:00:00Z, position: and a whole number from 1, or"
              + " logindex: and a whole number from 0.");
    }
    return at;
  }

  private static StateAnswer requireKey(StateAnswer state, Parameters asked) {
    if (asked.has("publicApiKey") && state.keys().isEmpty()) {
      throw new ProblemException(ProblemType.UNKNOWN_KEY);
    }
    return state;
  }

  private static <T> Mono<T> known(Mono<T> past) {
    return past.switchIfEmpty(
            Mono.error(() ->
                new ProblemException(
                        ProblemType.NOT_YET_VISIBLE, "The log is not known that far here yet.")
                    .retryAfter(RETRY_VISIBLE)))
        .onErrorMap(
            UnreadableLogException.class, _ -> new ProblemException(ProblemType.VIEW_INCOMPLETE));
  }
}
